namespace ImageRec.Torture.Kill;

/// <summary>A process that is killed while it opens what another one left behind.</summary>
internal static class OpeningChild
{
    public const string Role = "kill-opens";

    public static async Task<int> RunAsync(string[] arguments)
    {
        try
        {
            for (var again = 0; again < 1000; again++)
            {
                await using var engine = await Things.Builder().OpenAsync<Thing>(arguments[0]);
                Console.Out.WriteLine("open");
                await Console.Out.FlushAsync();
            }
        }
        catch (CatalogFileException)
        {
            // Whether it may refuse is the parent's to say.
        }
        return 0;
    }
}
