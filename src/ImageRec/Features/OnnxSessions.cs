using Microsoft.ML.OnnxRuntime;

namespace ImageRec.Features;

/// <summary>Creates sessions of ONNX Runtime, and turns its errors into sentences.</summary>
internal static class OnnxSessions
{
    private static readonly (string Provider, string Package)[] s_packages =
    [
        ("CUDA", "Microsoft.ML.OnnxRuntime.Gpu"),
        ("Tensorrt", "Microsoft.ML.OnnxRuntime.Gpu"),
        ("DML", "Microsoft.ML.OnnxRuntime.DirectML"),
        ("OpenVINO", "Intel.ML.OnnxRuntime.OpenVino"),
        ("QNN", "Microsoft.ML.OnnxRuntime.QNN"),
    ];

    private static string Version => typeof(InferenceSession).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <summary>Creates a session.</summary>
    /// <param name="network">The bytes of the network.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="options">How it uses the machine.</param>
    /// <exception cref="OnnxModelException">ONNX Runtime rejects the network or the options, or cannot be loaded.</exception>
    public static InferenceSession Create(byte[] network, string name, OnnxOptions options)
    {
        using var settings = Configured(options, name);
        try
        {
            return new InferenceSession(network, settings);
        }
        catch (Exception e) when (IsOfRuntime(e))
        {
            throw new OnnxModelException($"The network '{name}' cannot be loaded: {Sentence(e)}", e);
        }
    }

    /// <summary>Returns whether ONNX Runtime or its .NET wrapper says that it cannot do what a network needs.</summary>
    public static bool IsOfRuntime(Exception e) =>
        e is OnnxRuntimeException or NotSupportedException or ArgumentException or KeyNotFoundException or OverflowException
            or InvalidCastException
        || (e is InvalidOperationException and not ObjectDisposedException);

    /// <summary>Returns what ONNX Runtime said, on one line.</summary>
    public static string Sentence(Exception e) => e.Message.ReplaceLineEndings(" ").Trim();

    private static SessionOptions Configured(OnnxOptions options, string name)
    {
        var settings = Plain(name);
        try
        {
            options.ConfigureSession?.Invoke(settings);
            return settings;
        }
        catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException or NotSupportedException)
        {
            settings.Dispose();
            throw new OnnxModelException(ProviderMissing(e), e);
        }
        catch
        {
            settings.Dispose();
            throw;
        }
    }

    private static SessionOptions Plain(string name)
    {
        try
        {
            return new SessionOptions
            {
                IntraOpNumThreads = 1,
                InterOpNumThreads = 1,
                // Errors are thrown; written to the console of the host as well, they alarm even where they were expected.
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            };
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException
            or BadImageFormatException)
        {
            throw new OnnxModelException(
                $"The network '{name}' cannot be loaded, because the native library of ONNX Runtime cannot: "
                + $"{(e.InnerException ?? e).Message.Trim()} "
                + $"Reference Microsoft.ML.OnnxRuntime {Version}, or another package of ONNX Runtime that has this system and processor.",
                e);
        }
    }

    private static string ProviderMissing(Exception e)
    {
        var providers = OrtEnv.Instance().GetAvailableProviders();
        const string option = $"{nameof(OnnxOptions)}.{nameof(OnnxOptions.ConfigureSession)}";
        var isThere = e is OnnxRuntimeException && providers
            .Select(provider => provider.Replace("ExecutionProvider", "", StringComparison.Ordinal))
            .Any(provider => e.Message.Contains(provider, StringComparison.OrdinalIgnoreCase));
        if (isThere)
        {
            return $"The execution provider that {option} asks for cannot be used: {Sentence(e)} "
                + $"What it needs, such as CUDA and cuDNN, must be installed in a version that fits ONNX Runtime {Version}.";
        }
        var package = s_packages.FirstOrDefault(pair => e.Message.Contains(pair.Provider, StringComparison.OrdinalIgnoreCase)).Package;
        var reference = package is null ? "" : $", <PackageReference Include=\"{package}\" Version=\"{Version}\" />";
        const string excluded = "native;build;buildTransitive;runtime";
        return $"The native library of ONNX Runtime that was loaded lacks the execution provider that {option} asks for; "
            + $"it has {string.Join(", ", providers)}. Reference the package that has it{reference}, "
            + "and keep the CPU package's library from being loaded in its place: "
            + $"<PackageReference Include=\"Microsoft.ML.OnnxRuntime\" ExcludeAssets=\"{excluded}\" Version=\"{Version}\" />. "
            + $"({Sentence(e)})";
    }
}
