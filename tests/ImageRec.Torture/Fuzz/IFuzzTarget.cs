namespace ImageRec.Torture.Fuzz;

/// <summary>Something of the library that reads what strangers give it.</summary>
internal interface IFuzzTarget : IAsyncDisposable
{
    /// <summary>What the command line calls it.</summary>
    string Name { get; }

    /// <summary>What an input is, such as <c>mutated pictures</c>.</summary>
    string Unit { get; }

    /// <summary>Inputs of the long run.</summary>
    int LongCount { get; }

    /// <summary>Most bytes of memory a process that tries inputs may use.</summary>
    long MaxWorkingSet { get; }

    /// <summary>Makes an input; the same from the same random numbers.</summary>
    byte[] Make(Random random);

    /// <summary>Whether the library says that this may come out for a bad input.</summary>
    bool Declares(Exception exception);

    /// <summary>Gives an input to the library.</summary>
    /// <exception cref="WrongException">The library took it and gave a wrong answer.</exception>
    Task TryAsync(byte[] input);
}
