using ImageRec.AspNetCore.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ImageRec.AspNetCore.Uploads;

/// <summary>Reads the body of a request, raw or as a form, up to a limit and within a time.</summary>
internal static class UploadReader
{
    /// <summary>Room for a form's boundaries and headers around the picture.</summary>
    private const int FormOverhead = 64 * 1024;

    private const int MaxFieldBytes = 64 * 1024;
    private const int MaxSections = 16;
    private const string ExpectedPicture =
        "Send the bytes of the picture as image/* or application/octet-stream, or a form (multipart/form-data) with the picture as a file.";

    /// <summary>Reads a picture.</summary>
    /// <exception cref="Problem">No picture, too large, too slow, or with another content type.</exception>
    public static Task<Upload> ReadAsync(HttpRequest request, UploadLimits limits) =>
        WithinAsync(request, limits.MaxBytes + FormOverhead, TooLarge(limits), limits.ReadTimeout, async token =>
            IsForm(request, out var boundary)
                ? (await ReadFormAsync(request, boundary, field: null, limits, token).ConfigureAwait(false)).Picture
                : await ReadRawAsync(request, limits, token).ConfigureAwait(false));

    /// <summary>Reads a form's field as UTF-8 and its file.</summary>
    /// <exception cref="Problem">As in <see cref="ReadAsync"/>, or there is no such field.</exception>
    public static Task<(byte[] Field, Upload Picture)> ReadFormAsync(HttpRequest request, string field, UploadLimits limits) =>
        WithinAsync(request, limits.MaxBytes + FormOverhead + MaxFieldBytes, TooLarge(limits), limits.ReadTimeout, token =>
        {
            if (IsForm(request, out var boundary))
                return ReadFormAsync(request, boundary, field, limits, token);
            throw Problem.WrongContentType(
                request.ContentType, $"Send a form (multipart/form-data) with a field '{field}' and the picture as a file.");
        });

    /// <summary>Reads a body; null when it is empty.</summary>
    /// <exception cref="Problem">Too large or too slow.</exception>
    public static Task<Upload?> ReadBodyAsync(HttpRequest request, int maxBytes, TimeSpan timeout)
    {
        Problem TooLarge() => Problem.BodyTooLarge("The body", maxBytes);
        return WithinAsync(request, maxBytes, TooLarge, timeout,
            token => Upload.CollectAsync(request.Body, request.ContentLength, maxBytes, TooLarge, token));
    }

    private static async Task<T> WithinAsync<T>(
        HttpRequest request, long maxBytes, Func<Problem> tooLarge, TimeSpan timeout, Func<CancellationToken, Task<T>> read)
    {
        if (request.ContentLength > maxBytes)
            throw tooLarge();
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = maxBytes;
        using var time = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);
        time.CancelAfter(timeout);
        try
        {
            return await read(time.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            throw Problem.TooSlow(timeout);
        }
        catch (BadHttpRequestException e)
        {
            throw e.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => tooLarge(),
                StatusCodes.Status408RequestTimeout => Problem.TooSlow(timeout),
                _ => Problem.BadBody("The body ended early or is malformed. Send it again."),
            };
        }
        catch (InvalidDataException)
        {
            throw Problem.BadBody("The form is malformed: its parts cannot be told apart.");
        }
        catch (IOException) when (!request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            throw Problem.BadBody("The body ended before it was complete. Send it again.");
        }
    }

    private static async Task<Upload> ReadRawAsync(HttpRequest request, UploadLimits limits, CancellationToken cancellationToken)
    {
        var type = request.ContentType;
        if (type is not null && !(MediaTypeHeaderValue.TryParse(type, out var media)
            && (media.Type.Equals("image", StringComparison.OrdinalIgnoreCase)
                || media.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase))))
            throw Problem.WrongContentType(type, ExpectedPicture);
        var picture = await Upload.CollectAsync(
            request.Body, request.ContentLength, limits.MaxBytes, TooLarge(limits), cancellationToken).ConfigureAwait(false);
        return picture ?? throw Problem.NoPicture("The body is empty. Send the bytes of a picture.");
    }

    private static async Task<(byte[] Field, Upload Picture)> ReadFormAsync(
        HttpRequest request, string boundary, string? field, UploadLimits limits, CancellationToken cancellationToken)
    {
        var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 8 * 1024 };
        Upload? picture = null;
        byte[]? text = null;
        try
        {
            for (var i = 0; i < MaxSections && (picture is null || (field is not null && text is null)); i++)
            {
                if (await reader.ReadNextSectionAsync(cancellationToken).ConfigureAwait(false) is not { } section)
                    break;
                var disposition = section.GetContentDispositionHeader();
                if (disposition is null)
                    continue;
                if (disposition.IsFileDisposition())
                {
                    picture ??= await Upload.CollectAsync(
                        section.Body, null, limits.MaxBytes, TooLarge(limits), cancellationToken).ConfigureAwait(false);
                }
                else if (field is not null && HeaderUtilities.RemoveQuotes(disposition.Name).Equals(field, StringComparison.Ordinal))
                {
                    text = await ReadFieldAsync(section.Body, field, cancellationToken).ConfigureAwait(false);
                }
            }
            if (picture is null)
                throw Problem.NoPicture("The form has no file, or an empty one. Send the picture as a file of the form.");
            if (field is not null && text is null)
                throw Problem.BadBody($"The form has no field '{field}'.");
            return (text ?? [], picture);
        }
        catch
        {
            picture?.Dispose();
            throw;
        }
    }

    private static async Task<byte[]> ReadFieldAsync(Stream body, string field, CancellationToken cancellationToken)
    {
        Problem TooLarge() => Problem.BodyTooLarge($"The field '{field}'", MaxFieldBytes);
        using var text = await Upload.CollectAsync(body, null, MaxFieldBytes, TooLarge, cancellationToken).ConfigureAwait(false);
        return text?.Bytes.ToArray() ?? [];
    }

    private static Func<Problem> TooLarge(UploadLimits limits) => () => Problem.TooLarge(limits.MaxBytes);

    private static bool IsForm(HttpRequest request, out string boundary)
    {
        boundary = "";
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var media)
            || !media.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return false;
        boundary = HeaderUtilities.RemoveQuotes(media.Boundary).ToString();
        if (boundary.Length is 0 or > 100)
            throw Problem.BadBody("The form declares no boundary between its parts.");
        return true;
    }
}
