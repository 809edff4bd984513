using System.IO.Compression;
using System.IO.Hashing;
using ImageRec.Fitting;
using Microsoft.ML;

namespace ImageRec.ML.Fitting;

/// <summary>Keeps a fitted ML.NET transformer in one frame: the zip file that ML.NET writes, without its dates.</summary>
internal static class MLNetState
{
    private const string Kind = "IRMN";
    private const int Version = 2;
    private static readonly DateTimeOffset s_noDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes a transformer.</summary>
    /// <param name="destination">Left open.</param>
    /// <param name="model">Fitted.</param>
    /// <param name="input">The schema it was fitted on.</param>
    public static void Save(Stream destination, ITransformer model, DataViewSchema input)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var zip = ToZip(model, input);
        var frame = new StateWriter(destination, Kind, Version, zip.Length);
        frame.Write<byte>(zip);
        frame.Complete();
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="source">Read to the end of the state.</param>
    /// <exception cref="InvalidDataException">The state is damaged, or of another kind or version.</exception>
    public static (ITransformer Model, DataViewSchema Input) Load(Stream source)
    {
        var zip = new StateReader(source, Kind, Version).ReadToEnd();
        try
        {
            var model = new MLContext().Model.Load(new MemoryStream(zip), out var input);
            return (model, input);
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException or IOException)
        {
            throw new InvalidDataException($"The saved ML.NET model cannot be loaded by this version of ML.NET: {e.Message}", e);
        }
    }

    /// <summary>Computes a text that differs for models with different contents.</summary>
    /// <exception cref="ArgumentException">ML.NET cannot save the model.</exception>
    public static string Fingerprint(ITransformer model)
    {
        try
        {
            return Convert.ToHexStringLower(XxHash128.Hash(ToZip(model, input: null)));
        }
        catch (Exception e) when (e is NotSupportedException or InvalidOperationException)
        {
            throw new ArgumentException(
                $"ML.NET cannot save this pipeline, so a fingerprint of your own must distinguish it from others: {e.Message}",
                nameof(model), e);
        }
    }

    private static byte[] ToZip(ITransformer model, DataViewSchema? input)
    {
        using var zip = new MemoryStream();
        new MLContext().Model.Save(model, input, zip);
        // The same model is to give the same bytes, whenever it is saved.
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Update, leaveOpen: true))
        {
            foreach (var entry in archive.Entries)
                entry.LastWriteTime = s_noDate;
        }
        return zip.ToArray();
    }
}
