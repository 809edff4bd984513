using System.Text.Json;
using ImageRec.Features;
using ImageRec.ML.Columns;
using ImageRec.ML.Estimators;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

[assembly: LoadableClass(
    typeof(ImageFeatureTransformer), null, typeof(SignatureLoadModel), "ImageRec features", ImageFeatureTransformer.LoaderSignature)]

namespace ImageRec.ML.Estimators;

/// <summary>Turns a column of images into a column of embeddings, a batch at a time. Thread-safe.</summary>
internal sealed class ImageFeatureTransformer : ITransformer, IDisposable
{
    public const string LoaderSignature = "ImageRecFeatures";
    private const string ColumnsStream = "Columns";
    private const string SettingsStream = "Settings";
    private const string NetworkStream = "Network";
    private readonly bool _owned;

    public ImageFeatureTransformer(string outputColumn, string inputColumn, IFeatureExtractor extractor, bool owned)
    {
        (OutputColumn, InputColumn, Extractor, _owned) = (outputColumn, inputColumn, extractor, owned);
        OutputType = new VectorDataViewType(NumberDataViewType.Single, extractor.Dimensions);
    }

    /// <summary>The column of embeddings it adds.</summary>
    public string OutputColumn { get; }

    /// <summary>The column of images it reads.</summary>
    public string InputColumn { get; }

    /// <summary>What computes the embeddings; disposed with the transformer unless it is the caller's own.</summary>
    public IFeatureExtractor Extractor { get; }

    bool ITransformer.IsRowToRowMapper => true;

    public VectorDataViewType OutputType { get; }

    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema)
    {
        PictureColumn.Find(inputSchema, InputColumn);
        var schema = new DataViewSchema.Builder();
        schema.AddColumns(inputSchema);
        schema.AddColumn(OutputColumn, OutputType);
        return schema.ToSchema();
    }

    public IDataView Transform(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ImageFeatureView(this, input);
    }

    IRowToRowMapper ITransformer.GetRowToRowMapper(DataViewSchema inputSchema) => new ImageFeatureRowMapper(this, inputSchema);

    /// <summary>Unloads the network.</summary>
    public void Dispose()
    {
        if (_owned)
            Extractor.Dispose();
    }

    /// <exception cref="NotSupportedException">The extractor is the caller's own: ML.NET's file cannot hold it.</exception>
    void ICanSaveModel.Save(ModelSaveContext ctx)
    {
        if (Extractor is not OnnxFeatureExtractor onnx)
        {
            throw new NotSupportedException(
                $"Only embeddings of an {nameof(OnnxModel)} can be saved with an ML.NET model; "
                + $"{Extractor.Name} is an extractor of your own.");
        }
        ctx.SetVersionInfo(Version());
        var columns = JsonSerializer.Serialize([OutputColumn, InputColumn], ColumnsJson.Default.StringArray);
        ctx.SaveBinaryStream(ColumnsStream, writer => writer.Write(columns));
        ctx.SaveBinaryStream(SettingsStream, writer => writer.Write(onnx.Model.ToJson()));
        ctx.SaveBinaryStream(NetworkStream, writer => writer.Write(onnx.NetworkBytes.Span));
    }

    /// <summary>Called by ML.NET, by its name, when it loads a model.</summary>
    private static ImageFeatureTransformer Create(IHostEnvironment env, ModelLoadContext ctx)
    {
        ctx.CheckAtModel(Version());
        if (JsonSerializer.Deserialize(ReadText(ctx, ColumnsStream), ColumnsJson.Default.StringArray) is not [var output, var input])
            throw new FormatException("The saved column names of ImageRec's features are damaged.");
        var model = OnnxModel.FromJson(ReadText(ctx, SettingsStream), Read(ctx, NetworkStream, ReadToEnd));
        return new ImageFeatureTransformer(output, input, new OnnxFeatureExtractor(model), owned: true);
    }

    private static VersionInfo Version() => new(
        modelSignature: "IMGRECFT",
        verWrittenCur: 0x00010001,
        verReadableCur: 0x00010001,
        verWeCanReadBack: 0x00010001,
        loaderAssemblyName: typeof(ImageFeatureTransformer).Assembly.FullName,
        loaderSignature: LoaderSignature,
        loaderSignatureAlt: null);

    private static string ReadText(ModelLoadContext ctx, string stream) => Read(ctx, stream, reader => reader.ReadString());

    private static byte[] ReadToEnd(BinaryReader reader)
    {
        using var bytes = new MemoryStream();
        reader.BaseStream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static T Read<T>(ModelLoadContext ctx, string stream, Func<BinaryReader, T> read)
    {
        T? value = default;
        if (!ctx.TryLoadBinaryStream(stream, reader => value = read(reader)) || value is null)
            throw new FormatException($"The saved model of ImageRec's features lacks its part {stream}.");
        return value;
    }
}
