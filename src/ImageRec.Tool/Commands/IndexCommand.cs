using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using ImageRec.Tool.Input;
using ImageRec.Tool.Output;

namespace ImageRec.Tool.Commands;

/// <summary><c>imagerec index DIR|CSV -o FILE</c>, or <c>--to STORE</c></summary>
internal static class IndexCommand
{
    private const string Trim = "trim";

    public static Command Create()
    {
        var photos = new Argument<string>("DIR|CSV")
        {
            Description = "A folder of photos (category = name of its folder), or a CSV file with the columns id, path and category.",
        };
        var file = SharedOptions.Output<string?>("-o", "FILE", "The catalog file to write, or to bring up to date.");
        var to = new Option<string?>("--to")
        {
            HelpName = "STORE",
            Description = "A shared catalog to write, or to bring up to date, in place of a file: redis://host:6379/shop.",
        };
        var part = new Option<CatalogPart?>("--part")
        {
            HelpName = "N/M",
            CustomParser = Part,
            Description = "With --to: index only part N of M of the photos, such as 2/8, while other workers index the others.",
        };
        var shards = SharedOptions.Shards();
        var exclude = new Option<string[]>("--exclude")
        {
            HelpName = "PATTERN",
            DefaultValueFactory = _ => [],
            Description = "Leave out what a pattern names, such as drafts, *_thumb.* or archive/20??; may be given several times.",
        };
        var model = new Option<string?>("--model")
        {
            HelpName = "M.onnx",
            Description = "An ONNX network; without it, the one inside the package.",
        };
        var network = new Option<string?>("--network")
        {
            HelpName = "NAME",
            Description = $"A network known by name: {NamedNetwork.Compact} (the one inside the package, the default), "
                + $"{NamedNetwork.ResNet18} (better on other goods than clothes; downloaded once), or {NamedNetwork.Both}.",
        };
        var preset = new Option<string?>("--preset")
        {
            HelpName = "NAME",
            Description = $"How the network wants its pictures: {string.Join(", ", OnnxModel.PresetNames)}.",
        };
        var tensor = new Option<string?>("--tensor")
        {
            HelpName = "TENSOR",
            Description = "The tensor that becomes the row, such as pool5; without it, the preset's own.",
        };
        // Not of truth values: options of those take no word behind them but true and false.
        var margins = new Option<string?>("--margins")
        {
            HelpName = "trim|keep",
            CustomParser = Margins,
            Description = "Whether margins of one color around what a picture shows are left out; by the network inside the package they "
                + "are, by others not, unless this is given.",
        };
        var dimensions = NumberOption.Size(
            "--dims", "D",
            "Dimensions per row after PCA; with --model 128 unless given, or 256 with --learn; none for the network inside the package. "
            + "0 or none for no reduction.");
        var clusters = NumberOption.Size(
            "--clusters", "K", "Groups of similar photos; chosen by the number of photos unless given, 0 or none for no groups.");
        var learn = SharedOptions.Flag(
            "--learn", "Learn the categories: answers get better, and 'classify' predicts those of other pictures.");
        var trainer = new Option<Action<RecommenderBuilder>?>("--trainer")
        {
            HelpName = "NAME",
            CustomParser = Trainer,
            Description = "What learns: kernel-ridge (the default), max-entropy or random-forest.",
        };
        var seed = NumberOption.Whole(
            new("--seed") { HelpName = "S", DefaultValueFactory = _ => 1, Description = "Same photos, settings and seed, same catalog." },
            least: int.MinValue, "a whole number");
        var json = SharedOptions.Json();
        var command = new Command("index", "Build a catalog from photos, or bring it up to date: only what has changed is computed.")
        {
            photos, file, to, part, shards, exclude, network, model, preset, tensor, margins, dimensions, clusters, learn, trainer, seed,
            json,
        };
        command.Validators.Add(line =>
        {
            if (line.GetResult(file)?.Tokens is [{ Value: var output }] && StoreAddress.Is(output))
                line.AddError($"-o writes a file; give '{StoreAddress.Hide(output)}' to --to.");
            var (isFile, isStore) = (line.GetResult(file) is not null, line.GetResult(to) is not null);
            if (isFile == isStore)
                line.AddError(isFile
                    ? "-o writes a file and --to a shared catalog; give one of them."
                    : "-o FILE or --to STORE is missing: say where the catalog is to be.");
        });
        CommandBody.Set(command, json, (line, terminal, token) =>
        {
            if (line.GetResult(trainer) is { Implicit: false } && !line.GetValue(learn))
                throw new UsageException("--trainer says what --learn learns with; give --learn too.");
            var (place, address) = (line.GetValue(file), line.GetValue(to));
            if (address is null && (line.GetValue(part) is not null || line.GetValue(shards) is not null))
                throw new UsageException("--part and --shards are about a shared catalog; give its address by --to.");
            var store = address is null ? null : StoreAddress.Parse(address, line.GetValue(shards));
            var own = ModelChoice.Find(line.GetValue(model), line.GetValue(preset), line.GetValue(tensor), terminal.Note);
            if (own is not null && line.GetValue(network) is not null)
                throw new UsageException("--model names a network of yours and --network one of ours; give one of them.");
            if (line.GetValue(margins) is { } choice)
            {
                if (line.GetValue(network) is not null)
                    throw new UsageException("--margins goes with the network inside the package and with --model, not with --network.");
                own ??= OnnxModel.Compact;
                own.TrimMargins = choice == Trim;
            }
            var builder = Builder(own, line.GetValue(seed), line.GetValue(dimensions), line.GetValue(clusters));
            if (line.GetValue(network) is { } name)
                NamedNetwork.Apply(builder, name);
            if (line.GetValue(learn))
                (line.GetValue(trainer) ?? (b => b.LearnCategories()))(builder);
            var catalog = CatalogSource.Open(line.GetRequiredValue(photos), line.GetValue(exclude) ?? []);
            return store is null
                ? RunAsync(builder, catalog, place!, terminal, token)
                : SharedIndexing.RunAsync(builder, catalog, store, line.GetValue(part), terminal, token);
        });
        return command;
    }

    private static string? Margins(ArgumentResult given)
    {
        var text = given.Tokens[0].Value;
        if (text is Trim or "keep")
            return text;
        given.AddError($"--margins is trim or keep; not '{text}'.");
        return null;
    }

    private static Action<RecommenderBuilder>? Trainer(ArgumentResult given)
    {
        switch (given.Tokens[0].Value)
        {
            case "kernel-ridge":
                return builder => builder.LearnCategories();
            case "max-entropy":
                return builder => builder.LearnCategories(o => o.Trainer = CategoryTrainer.MaximumEntropy);
            case "random-forest":
                return builder => builder.LearnCategoriesWithForest();
            case var name:
                given.AddError($"There is no trainer '{name}'; there are kernel-ridge, max-entropy and random-forest.");
                return default;
        }
    }

    private static CatalogPart? Part(ArgumentResult given)
    {
        var text = given.Tokens[0].Value;
        if (text.Split('/') is [var number, var of] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            && int.TryParse(of, NumberStyles.None, CultureInfo.InvariantCulture, out var m) && n >= 1 && n <= m)
            return new CatalogPart(n, m);
        given.AddError($"--part is N/M with N from 1 to M, such as 2/8; not '{text}'.");
        return null;
    }

    private static RecommenderBuilder Builder(OnnxModel? network, int seed, int? dimensions, int? clusters)
    {
        var builder = new RecommenderBuilder { Seed = seed };
        if (network is not null)
            builder.UseOnnx(network);
        // As without the option, which leaves the rows of the network inside as they are.
        if (dimensions == 0 || (dimensions is null && network is { IsInside: true }))
            builder.WithoutReduction();
        else if (dimensions is { } length)
            builder.ReduceWithPca(length);
        if (clusters == 0)
            builder.WithoutClusters();
        else if (clusters is { } count)
            builder.ClusterWithKMeans(count);
        return builder;
    }

    private static async Task RunAsync(
        RecommenderBuilder builder, ImageCatalog<CatalogItem> photos, string file, Terminal terminal, CancellationToken token)
    {
        BuildDisplay? shown = null;
        try
        {
            await using var engine = await ProgressDisplay.RunAsync(display =>
                builder.BuildAsync(photos, file, shown = new BuildDisplay(display), token));
            foreach (var note in photos.Notes)
                terminal.Note(note);
            var summary = IndexSummary.Of(engine);
            terminal.Result(summary, summary.Write);
        }
        catch (Exception e) when (e is not UsageException)
        {
            var isStopped = e is OperationCanceledException && token.IsCancellationRequested;
            // The library leaves a file behind only when there is something in it to go on from.
            if (shown is { Last: { Done: > 0 } last } && File.Exists(file))
                terminal.Note(
                    $"{(isStopped ? "Stopped" : "Failed")} at {last.Done:N0} of {Units.Count(last.Total, "photo", "photos")}. "
                    + $"They are kept in '{file}': the same command goes on from there.");
            else if (isStopped)
                terminal.Note("Stopped before the first photo was done.");
            throw;
        }
    }
}
