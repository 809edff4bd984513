using Microsoft.ML.OnnxRuntime;

namespace ImageRec.Features;

/// <summary>Creates sessions of ONNX Runtime, and turns what it throws into sentences.</summary>
internal static class OnnxSessions
{
    private static string Version => typeof(InferenceSession).Assembly.GetName().Version?.ToString(3) ?? "";

    /// <param name="network">The bytes of the network.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="options">How it uses the machine.</param>
    /// <exception cref="OnnxModelException">ONNX Runtime refuses the network or the options, or cannot be loaded.</exception>
    public static InferenceSession Create(byte[] network, string name, OnnxOptions options)
    {
        using var settings = Configured(options, name);
        try
        {
            return new InferenceSession(network, settings);
        }
        catch (Exception e) when (IsOfRuntime(e))
        {
            throw new OnnxModelException($"The network '{name}' cannot be loaded: {e.Message}", e);
        }
    }

    /// <summary>Whether ONNX Runtime or its .NET wrapper says that it cannot do what a network asks for.</summary>
    public static bool IsOfRuntime(Exception e) =>
        e is OnnxRuntimeException or NotSupportedException or ArgumentException or KeyNotFoundException or OverflowException or InvalidCastException
        || (e is InvalidOperationException and not ObjectDisposedException);

    private static SessionOptions Configured(OnnxOptions options, string name)
    {
        var settings = Plain(name);
        try
        {
            options.Configure?.Invoke(settings);
            return settings;
        }
        catch (Exception e) when (e is OnnxRuntimeException or EntryPointNotFoundException or DllNotFoundException or NotSupportedException)
        {
            settings.Dispose();
            throw new OnnxModelException(
                $"The native library of ONNX Runtime that was loaded has no such execution provider as {nameof(OnnxOptions.Configure)} asks for; it has {Providers()}. "
                + $"Reference the package that has it, <PackageReference Include=\"{Package(e.Message)}\" Version=\"{Version}\" />, and keep the CPU package's library from taking its place: "
                + $"<PackageReference Include=\"Microsoft.ML.OnnxRuntime\" Version=\"{Version}\" ExcludeAssets=\"native;build;buildTransitive;runtime\" />. ({e.Message.Trim()})", e);
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
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
            };
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new OnnxModelException(
                $"The network '{name}' cannot be loaded, because the native library of ONNX Runtime cannot: {(e.InnerException ?? e).Message.Trim()} "
                + $"Reference Microsoft.ML.OnnxRuntime {Version}, or another package of ONNX Runtime that has this system and processor.", e);
        }
    }

    private static string Providers() => string.Join(", ", OrtEnv.Instance().GetAvailableProviders());

    private static string Package(string message)
    {
        (string Provider, string Package)[] known =
        [
            ("DML", "Microsoft.ML.OnnxRuntime.DirectML"), ("OpenVINO", "Intel.ML.OnnxRuntime.OpenVino"), ("QNN", "Microsoft.ML.OnnxRuntime.QNN"),
        ];
        return known.FirstOrDefault(pair => message.Contains(pair.Provider, StringComparison.OrdinalIgnoreCase)).Package ?? "Microsoft.ML.OnnxRuntime.Gpu";
    }
}
