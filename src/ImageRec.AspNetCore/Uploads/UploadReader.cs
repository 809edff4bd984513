using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ImageRec.AspNetCore;

/// <summary>Reads a picture from a request's body, raw or as a file of a form, up to a limit and within a time.</summary>
internal static class UploadReader
{
    /// <summary>Room for a form's boundaries and headers around the picture.</summary>
    private const int FormOverhead = 64 * 1024;

    private const int MaxSections = 16;

    /// <exception cref="Problem">No picture, too large, too slow, or sent in another form.</exception>
    public static Task<Upload> ReadAsync(HttpRequest request, UploadLimits limits) =>
        WithinAsync(request, limits, token => IsForm(request, out var boundary) ? ReadFormAsync(request, boundary, limits, token) : ReadRawAsync(request, limits, token));

    /// <summary>Reads a form's text field and its file.</summary>
    /// <exception cref="Problem">As in <see cref="ReadAsync"/>, or there is no such field.</exception>
    public static Task<(string Field, Upload Picture)> ReadFormAsync(HttpRequest request, string field, UploadLimits limits) => WithinAsync(request, limits, async token =>
    {
        if (!IsForm(request, out var boundary))
            throw Problem.BadBody($"Send a form (multipart/form-data) with a field '{field}' and the picture as a file.");
        return await ReadFormAsync(request, boundary, field, limits, token).ConfigureAwait(false);
    });

    private static async Task<T> WithinAsync<T>(HttpRequest request, UploadLimits limits, Func<CancellationToken, Task<T>> read)
    {
        if (request.ContentLength > limits.MaxBytes + FormOverhead)
            throw Problem.TooLarge(limits.MaxBytes);
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = limits.MaxBytes + FormOverhead;
        using var time = CancellationTokenSource.CreateLinkedTokenSource(request.HttpContext.RequestAborted);
        time.CancelAfter(limits.ReadTimeout);
        try
        {
            return await read(time.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            throw Problem.TooSlow(limits.ReadTimeout);
        }
        catch (BadHttpRequestException e)
        {
            throw e.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => Problem.TooLarge(limits.MaxBytes),
                StatusCodes.Status408RequestTimeout => Problem.TooSlow(limits.ReadTimeout),
                _ => Problem.BadBody("The body ended early or is malformed. Send it again."),
            };
        }
        catch (InvalidDataException)
        {
            throw Problem.BadBody("The form is malformed: its parts cannot be told apart.");
        }
        catch (IOException) when (!request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            throw Problem.BadBody("The body ended before the form was complete. Send it again.");
        }
    }

    private static async Task<Upload> ReadRawAsync(HttpRequest request, UploadLimits limits, CancellationToken cancellationToken)
    {
        var type = request.ContentType;
        if (type is not null && !(MediaTypeHeaderValue.TryParse(type, out var media)
            && (media.Type.Equals("image", StringComparison.OrdinalIgnoreCase) || media.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase))))
            throw Problem.WrongContentType(type);
        return await CollectAsync(request.Body, request.ContentLength, limits, cancellationToken).ConfigureAwait(false)
            ?? throw Problem.NoPicture("The body is empty. Send the bytes of a picture.");
    }

    private static async Task<Upload> ReadFormAsync(HttpRequest request, string boundary, UploadLimits limits, CancellationToken cancellationToken)
    {
        var (_, picture) = await ReadFormAsync(request, boundary, field: null, limits, cancellationToken).ConfigureAwait(false);
        return picture;
    }

    private static async Task<(string Field, Upload Picture)> ReadFormAsync(
        HttpRequest request, string boundary, string? field, UploadLimits limits, CancellationToken cancellationToken)
    {
        var reader = new MultipartReader(boundary, request.Body) { HeadersCountLimit = 16, HeadersLengthLimit = 8 * 1024 };
        Upload? picture = null;
        string? text = null;
        try
        {
            for (var i = 0; i < MaxSections && (picture is null || (field is not null && text is null)); i++)
            {
                if (await reader.ReadNextSectionAsync(cancellationToken).ConfigureAwait(false) is not { } section)
                    break;
                var disposition = section.GetContentDispositionHeader();
                if (disposition is not null && disposition.IsFileDisposition())
                    picture ??= await CollectAsync(section.Body, null, limits, cancellationToken).ConfigureAwait(false);
                else if (field is not null && disposition is not null && HeaderUtilities.RemoveQuotes(disposition.Name).Equals(field, StringComparison.Ordinal))
                    text = await ReadTextAsync(section.Body, cancellationToken).ConfigureAwait(false);
            }
            if (picture is null)
                throw Problem.NoPicture("The form has no file, or an empty one. Send the picture as a file of the form.");
            if (field is not null && text is null)
                throw Problem.BadBody($"The form has no field '{field}'.");
            return (text ?? "", picture);
        }
        catch
        {
            picture?.Dispose();
            throw;
        }
    }

    private static async Task<string> ReadTextAsync(Stream body, CancellationToken cancellationToken)
    {
        const int most = 64 * 1024;
        using var small = await CollectAsync(body, null, new UploadLimits { MaxBytes = most }, cancellationToken).ConfigureAwait(false);
        return small is null ? "" : System.Text.Encoding.UTF8.GetString(small.Bytes.Span);
    }

    /// <summary>Reads to the end, in rented memory that grows; null when there is nothing.</summary>
    private static async Task<Upload?> CollectAsync(Stream body, long? declared, UploadLimits limits, CancellationToken cancellationToken)
    {
        // What a client declares is a hint, not a reason to set memory aside.
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp((declared ?? 0) + 1, 64 * 1024, 1024 * 1024));
        var length = 0;
        try
        {
            while (await body.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false) is var read and > 0)
            {
                length += read;
                if (length > limits.MaxBytes)
                    throw Problem.TooLarge(limits.MaxBytes);
                if (length == buffer.Length)
                    buffer = Grow(buffer, length);
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
        if (length > 0)
            return new Upload(buffer, length);
        ArrayPool<byte>.Shared.Return(buffer);
        return null;
    }

    private static byte[] Grow(byte[] buffer, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static bool IsForm(HttpRequest request, out string boundary)
    {
        boundary = "";
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var media) || !media.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return false;
        boundary = HeaderUtilities.RemoveQuotes(media.Boundary).ToString();
        if (boundary.Length is 0 or > 100)
            throw Problem.BadBody("The form declares no boundary between its parts.");
        return true;
    }
}
