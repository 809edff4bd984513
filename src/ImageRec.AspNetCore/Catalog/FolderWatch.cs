using System.Diagnostics;
using System.IO.Hashing;
using System.Text;
using Microsoft.Extensions.Logging;

namespace ImageRec.AspNetCore;

/// <summary>
/// Tells when the pictures of a folder are others than those listed last. Reports of the operating system only make it look sooner: what counts are the
/// names, sizes and dates of the files, so that a report that is lost, or a folder that comes and goes, costs one interval at most.
/// </summary>
internal sealed partial class FolderWatch(string folder, TimeSpan interval, Action changed, ILogger log) : IDisposable
{
    /// <summary>Without reports for so long, a copy is taken to have ended.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan LongestCopy = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _reports = new(0, 1);
    private FileSystemWatcher? _watcher;
    private bool _deaf;
    private UInt128? _listed;

    /// <summary>Notes what the folder holds; called before it is listed, so that a change during the listing is not missed.</summary>
    public void Listing() => _listed = Signature();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                Listen();
                var reported = await _reports.WaitAsync(interval, cancellationToken).ConfigureAwait(false);
                for (var clock = Stopwatch.StartNew(); reported && clock.Elapsed < LongestCopy;)
                {
                    if (!await _reports.WaitAsync(Quiet, cancellationToken).ConfigureAwait(false))
                        break;
                }
                if (_listed is not { } listed || listed == Signature())
                    continue;
                // Nothing was reported: the folder was made anew, or lies where nothing is reported.
                _deaf |= !reported;
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
            NotReported(e.GetType().Name, interval);
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
        NotReported(error.GetType().Name, interval);
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

    [LoggerMessage(LogLevel.Warning, "Changes of the photos' folder are not reported ({Reason}); it is compared every {Interval}")]
    private partial void NotReported(string reason, TimeSpan interval);
}
