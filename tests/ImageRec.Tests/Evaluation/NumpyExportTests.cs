using System.Diagnostics;
using System.Text;
using ImageRec.Tests.Engine;

namespace ImageRec.Tests.Evaluation;

public class NumpyExportTests : EngineTest
{
    private static readonly List<Product> Products =
    [
        new("plain", "x", 1, [3, 0, 4]), new("größer 靴👢", null, 1, [0, 1, 0]), new("last", "y", 1, [1, 0, 0]),
    ];

    [Fact]
    public async Task ExportNumpyAsync_Rows_FollowsTheFormat()
    {
        await using var engine = await BuildAsync(Products);
        var folder = Path.Combine(Folder, "out");
        await engine.ExportNumpyAsync(folder, Token);
        var bytes = await File.ReadAllBytesAsync(Path.Combine(folder, "rows.npy"), Token);
        var header = BitConverter.ToUInt16(bytes, 8);
        Assert.Equal([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0], bytes[..8]);
        Assert.Equal(0, (10 + header) % 64);
        var text = Encoding.ASCII.GetString(bytes, 10, header);
        Assert.StartsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 3), }", text, StringComparison.Ordinal);
        Assert.Equal(10 + header + 3 * 3 * 4, bytes.Length);
        Assert.Equal(0.6f, BitConverter.ToSingle(bytes, 10 + header), 1e-6f);
    }

    [Fact]
    public async Task ExportNumpyAsync_ReadByNumpy_IsWhatTheEngineHolds()
    {
        await using var engine = await BuildAsync(Products);
        await engine.ExportNumpyAsync(Folder, Token);
        const string script = """
            import numpy
            rows = numpy.load('rows.npy')
            print(rows.shape, rows.dtype, float(rows.sum()))
            print('|'.join(numpy.load('ids.npy')))
            print('|'.join(numpy.load('categories.npy')))
            """;
        var start = new ProcessStartInfo("/usr/bin/python3", ["-c", script])
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            Environment = { ["PYTHONIOENCODING"] = "utf-8" },
        };
        string output, error;
        try
        {
            using var python = Process.Start(start)!;
            output = await python.StandardOutput.ReadToEndAsync(Token);
            error = await python.StandardError.ReadToEndAsync(Token);
            await python.WaitForExitAsync(Token);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("There is no /usr/bin/python3.");
            return;
        }
        if (error.Contains("No module named", StringComparison.Ordinal))
            Assert.Skip("Python has no numpy.");
        var lines = output.Split('\n');
        Assert.StartsWith("(3, 3) float32 3.4", lines[0], StringComparison.Ordinal);
        Assert.Equal("plain|größer 靴👢|last", lines[1]);
        Assert.Equal("x||y", lines[2]);
    }
}
