using System.Globalization;
using Xunit.MicrosoftTestingPlatform;
using Xunit.Runner.InProc.SystemConsole;

namespace ImageRec.Torture;

/// <summary>Runs a machine by its name, a part of one in a process of its own, or the tests.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] args)
    {
        // A child process gets its culture from nobody: its lines are read by its parent.
        if (args is [Child.Verb, var role, .. var rest])
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            return await Roles.RunAsync(role, rest);
        }
        if (args is [var name, .. var options] && Machines.Find(name) is { } machine)
            return await Machines.RunAsync(machine, options);
        if (args is ["all", .. var each])
            return await Machines.RunAllAsync(each);
        if (args is ["help" or "machines", ..])
            return Machines.Help();
        // As xunit's own generated entry point does.
        return args.Any(arg => arg is "--server" or "--internal-msbuild-node")
            ? await TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions)
            : await ConsoleRunner.Run(args);
    }
}
