/* colour: embedded profiles and printing inks to sRGB, by lcms2.
 *
 * Without a profile (or with one that lcms2 cannot use) RGB counts as sRGB, and ink is
 * taken away from white: R = (255 − C)(255 − K) / 255. That is nobody's press, but the
 * same on every machine, and the loading of the image told it.
 */
#include <lcms2.h>

#include "image/format.h"

static cmsHPROFILE open_profile(
    cmsContext context, struct text icc, cmsColorSpaceSignature space)
{
    cmsHPROFILE profile;

    if (icc.length == 0 || icc.length > UINT32_MAX)
        return NULL;
    profile = cmsOpenProfileFromMemTHR(context, icc.data, (cmsUInt32Number)icc.length);
    if (profile != NULL && cmsGetColorSpace(profile) == space)
        return profile;
    if (profile != NULL)
        cmsCloseProfile(profile);
    return NULL;
}

static cmsHTRANSFORM open_transform(cmsContext context, struct text icc,
    cmsColorSpaceSignature space, cmsUInt32Number from, cmsUInt32Number to)
{
    cmsHPROFILE profile = open_profile(context, icc, space);
    cmsHPROFILE srgb = cmsCreate_sRGBProfileTHR(context);
    cmsHTRANSFORM transform = NULL;

    if (profile != NULL && srgb != NULL)
        transform = cmsCreateTransformTHR(context, profile, from, srgb, to,
            INTENT_RELATIVE_COLORIMETRIC,
            cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_COPY_ALPHA);
    if (profile != NULL)
        cmsCloseProfile(profile);
    if (srgb != NULL)
        cmsCloseProfile(srgb);
    return transform;
}

/* Transform row by row from channels to ret_channels, in place; false when it cannot be
 * done. */
static bool transform_rows(struct pixels *pixels, struct text icc,
    cmsColorSpaceSignature space, cmsUInt32Number from, cmsUInt32Number to,
    uint32_t to_channels)
{
    cmsContext context = cmsCreateContext(NULL, NULL);
    cmsHTRANSFORM transform = open_transform(context, icc, space, from, to);
    size_t in = (size_t)pixels->width * pixels->channels;
    size_t out = (size_t)pixels->width * to_channels;

    if (transform != NULL) {
        for (uint32_t y = 0; y < pixels->height;
             y++) /* never wider than before: no row is overrun */
            cmsDoTransform(
                transform, pixels->data + y * in, pixels->data + y * out, pixels->width);
        cmsDeleteTransform(transform);
        pixels->channels = to_channels;
    }
    cmsDeleteContext(context);
    return transform != NULL;
}

void colour_rgb_to_srgb(struct pixels *pixels, struct text icc)
{
    cmsUInt32Number form = pixels->channels == 4 ? TYPE_RGBA_8 : TYPE_RGB_8;

    transform_rows(pixels, icc, cmsSigRgbData, form, form, pixels->channels);
}

static void subtract_ink(struct pixels *pixels)
{
    size_t count = (size_t)pixels->width * pixels->height;
    const uint8_t *from = pixels->data;
    uint8_t *to = pixels->data;

    for (size_t i = 0; i < count; i++, from += 4, to += 3) {
        uint32_t light = 255u - from[3];

        for (int c = 0; c < 3; c++)
            to[c] = (uint8_t)(((255u - from[c]) * light + 127) / 255);
    }
    pixels->channels = 3;
}

void colour_cmyk_to_srgb(struct pixels *pixels, struct text icc)
{
    if (!transform_rows(pixels, icc, cmsSigCmykData, TYPE_CMYK_8, TYPE_RGB_8, 3))
        subtract_ink(pixels);
}

bool colour_is_cmyk_profile(struct text icc)
{
    cmsContext context = cmsCreateContext(NULL, NULL);
    cmsHPROFILE profile = open_profile(context, icc, cmsSigCmykData);

    if (profile != NULL)
        cmsCloseProfile(profile);
    cmsDeleteContext(context);
    return profile != NULL;
}
