using System.Globalization;
using System.Text;
using ImageRec.Tool;

// Numbers and sentences are the same for every reader and for every script, wherever the command runs.
CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
// Files and pipes get UTF-8; a terminal gets what it says it understands, which on Windows has to be told to it.
if (Console.IsOutputRedirected || OperatingSystem.IsWindows())
    Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
return await CommandLine.RunAsync(args);
