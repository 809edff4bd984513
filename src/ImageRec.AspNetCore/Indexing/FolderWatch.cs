using System.Diagnostics;
using System.IO.Hashing;
using System.Text;
using ImageRec.AspNetCore.Observability;
using Microsoft.Extensions.Logging;

namespace ImageRec.AspNetCore.Indexing;

/// <summary>
/// Notices when the pictures of a folder are others than those that were listed last. Reports of the operating system only make it look
/// sooner: what counts are the names, sizes and dates of the files, so that a report that is lost, or a folder that comes and goes, costs
/// one interval at most.
/// </summary>
internal sealed class FolderWatch(string folder, TimeSpan interval, string catalog, ILogger log) : IDisposable
{
    /// <summary>After so long without reports, a copy is taken to have ended.</summary>
    private static readonly TimeSpan s_quiet = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan s_longestCopy = TimeSpan.FromSeconds(30);
    private readonly string _name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
    private readonly SemaphoreSlim _reports = new(0, 1);
    private FileSystemWatcher? _watcher;
    private bool _deaf;
    private UInt128? _listed;

    /// <summary>Notes what the folder contains; called before it is listed, so that a change during the listing is not missed.</summary>
    public void Listing() => _listed = Signature();

    /// <param name="changed">Called after a change.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    public async Task RunAsync(Action changed, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                Listen();
                var reported = await _reports.WaitAsync(interval, cancellationToken).ConfigureAwait(false);
                for (var clock = Stopwatch.StartNew(); reported && clock.Elapsed < s_longestCopy;)
                {
                    if (!await _reports.WaitAsync(s_quiet, cancellationToken).ConfigureAwait(false))
                        break;
                }
                if (_listed is not { } listed || listed == Signature())
                    continue;
                // Nothing was reported: the folder was created again, or is one whose changes are not reported.
                _deaf |= !reported;
                log.FolderChanged(catalog, _name);
                changed();
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    public void Dispose()
    {
        _watcher?.Dispose();
        _reports.Dispose();
    }

    private void Listen()
    {
        if (_deaf)
        {
            _watcher?.Dispose();
            (_watcher, _deaf) = (null, false);
        }
        if (_watcher is not null || !Directory.Exists(folder))
            return;
        FileSystemWatcher? watcher = null;
        try
        {
            watcher = new FileSystemWatcher(folder)
            {
                IncludeSubdirectories = true,
                InternalBufferSize = 64 * 1024,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.DirectoryName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            watcher.Changed += (_, _) => Report();
            watcher.Created += (_, _) => Report();
            watcher.Deleted += (_, _) => Report();
            watcher.Renamed += (_, _) => Report();
            watcher.Error += (_, error) => Lost(error.GetException());
            watcher.EnableRaisingEvents = true;
            _watcher = watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException or PlatformNotSupportedException)
        {
            watcher?.Dispose();
            NotWatched(e);
        }
    }

    private void Report()
    {
        try
        {
            _reports.Release();
        }
        catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
        {
            // One report is enough, and none is needed at the end.
        }
    }

    private void Lost(Exception error)
    {
        _deaf = true;
        NotWatched(error);
        Report();
    }

    /// <summary>A fingerprint of what would be listed, or of why it cannot be.</summary>
    private UInt128 Signature()
    {
        var hash = new XxHash128();
        try
        {
            foreach (var entry in ImageCatalog.FromFolder(folder).Entries)
            {
                var file = new FileInfo(entry.Item.Path ?? entry.Id);
                hash.Append(Encoding.UTF8.GetBytes(entry.Id));
                hash.Append(BitConverter.GetBytes(file.Exists ? file.Length : -1));
                hash.Append(BitConverter.GetBytes(file.LastWriteTimeUtc.Ticks));
            }
        }
        catch (Exception e) when (e is CatalogException or IOException or UnauthorizedAccessException)
        {
            hash.Append(Encoding.UTF8.GetBytes(e.Message));
        }
        return hash.GetCurrentHashAsUInt128();
    }

    private void NotWatched(Exception error) =>
        log.FolderNotWatched(catalog, _name, $"{error.GetType().Name}: {PublicText.WithoutPaths(error.Message, folder)}", interval);
}
