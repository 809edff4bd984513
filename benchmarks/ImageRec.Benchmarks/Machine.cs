using System.Reflection;
using System.Runtime.InteropServices;

namespace ImageRec.Benchmarks;

/// <summary>Where a result was measured.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var commit = typeof(OnnxModel).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return $"{Processor()}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, "
            + $"{RuntimeInformation.FrameworkDescription}, ImageRec {commit}";
    }

    private static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1]
        .Trim() ?? "unknown processor"
        : RuntimeInformation.ProcessArchitecture.ToString();
}
