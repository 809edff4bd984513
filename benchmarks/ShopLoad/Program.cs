using System.CommandLine;
using ShopLoad;

var photos = new Option<DirectoryInfo>("--photos") { Description = "The catalog's pictures.", Required = true };
var uploads = new Option<DirectoryInfo>("--uploads") { Description = "The pictures that are uploaded.", Required = true };
var model = new Option<FileInfo?>("--alexnet")
{
    Description = "An AlexNet file, for pool5 with PCA 128; the embedded network unless given.",
};
var file = new Option<FileInfo>("--file") { Description = "The catalog file; made when missing.",
    DefaultValueFactory = _ => new(Path.Combine(Path.GetTempPath(), "shop-load.imagerec")) };
var requests = new Option<int>("--requests") { Description = "Uploads, and as many questions by id.", DefaultValueFactory = _ => 5000 };
var clients = new Option<int>("--clients") { Description = "Clients at once.", DefaultValueFactory = _ => 4 };
var seconds = new Option<int>("--seconds") { Description = "Stops earlier after this time for each kind.", DefaultValueFactory = _ => 100 };

var serve = new Command("serve", "The server: a process of its own, so that its memory is its own.") { photos, model, file };
serve.SetAction((parsed, _) => Server.RunAsync(parsed.GetRequiredValue(photos), parsed.GetValue(model), parsed.GetRequiredValue(file)));

var root = new RootCommand("Loads a shop on this machine and prints latencies, errors and the server's memory.")
{
    photos, uploads, model, file, requests, clients, seconds, serve,
};
root.SetAction(async (parsed, token) =>
{
    using var server = await ServerProcess.StartAsync(
        parsed.GetRequiredValue(photos), parsed.GetValue(model), parsed.GetRequiredValue(file), token);
    var load = new Load(server, parsed.GetRequiredValue(requests), parsed.GetRequiredValue(clients),
        TimeSpan.FromSeconds(parsed.GetRequiredValue(seconds)));
    return await load.RunAsync(parsed.GetRequiredValue(uploads), token);
});
return await root.Parse(args).InvokeAsync();
