namespace ImageRec.Torture;

/// <summary>Something that mistreats the library and looks at what comes of it.</summary>
internal interface IMachine
{
    /// <summary>What the command line calls it.</summary>
    string Name { get; }

    /// <summary>What <see cref="RunOptions.Count"/> counts, such as <c>kills</c>.</summary>
    string Unit { get; }

    /// <summary>How many the long run wants when neither a count nor minutes are given.</summary>
    int LongCount { get; }

    /// <summary>How many minutes the long run takes; null when its count says how long.</summary>
    double? LongMinutes => null;

    /// <summary>Runs until <see cref="MachineRun.Goes"/> says no; what is found is told to the run.</summary>
    Task RunAsync(MachineRun run);
}
