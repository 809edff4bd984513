using System.Diagnostics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ImageRec.Tests.Vectors;

/// <summary>Runs the kernels' tests again in processes whose wider instructions are switched off.</summary>
public sealed class InstructionSetTests
{
    private const string Off = "IMAGEREC_TESTS_SWITCHED_OFF";

    [Theory]
    [InlineData("EnableAVX512")]
    [InlineData("EnableAVX2")]
    [InlineData("EnableHWIntrinsic")]
    public async Task Kernels_InstructionsSwitchedOff_PassTheirTests(string knob)
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable(Off) == null, "This is such a process already.");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        var tests = typeof(InstructionSetTests);
        foreach (var argument in new[] { "exec", tests.Assembly.Location, "-namespace", tests.Namespace! })
            start.ArgumentList.Add(argument);
        start.Environment[$"DOTNET_{knob}"] = "0";
        start.Environment[Off] = knob;

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, $"{await output}{errors}");
    }

    [Fact]
    public void Process_InstructionsSwitchedOff_HasThemOff()
    {
        var knob = Environment.GetEnvironmentVariable(Off);
        Assert.SkipWhen(knob == null, "Nothing is switched off.");

        Assert.False(Vector512.IsHardwareAccelerated);
        Assert.False(Avx512BW.IsSupported);
        if (knob is "EnableAVX2" or "EnableHWIntrinsic")
        {
            Assert.False(Vector256.IsHardwareAccelerated);
            Assert.False(Avx2.IsSupported);
        }
        if (knob == "EnableHWIntrinsic")
        {
            Assert.False(Vector128.IsHardwareAccelerated);
            Assert.False(Ssse3.IsSupported);
        }
    }
}
