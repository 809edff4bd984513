using System.Text.Json.Serialization;

namespace ImageRec.AspNetCore;

/// <summary>What the indexer is doing.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IndexingState>))]
public enum IndexingState
{
    /// <summary>It lists the products and opens the catalog file.</summary>
    [JsonStringEnumMemberName("starting")]
    Starting,

    /// <summary>It builds the first index. Recommendations are served when it is done.</summary>
    [JsonStringEnumMemberName("building")]
    Building,

    /// <summary>Recommendations are served, and new and changed products are being indexed.</summary>
    [JsonStringEnumMemberName("updating")]
    Updating,

    /// <summary>All listed products are indexed.</summary>
    [JsonStringEnumMemberName("ready")]
    Ready,

    /// <summary>It is paused until it is resumed; what was indexed is kept.</summary>
    [JsonStringEnumMemberName("paused")]
    Paused,

    /// <summary>It has stopped until it is resumed or the app starts again; what was indexed is kept.</summary>
    [JsonStringEnumMemberName("stopped")]
    Stopped,

    /// <summary>The last run failed; the message is why, and it is retried.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>
    /// Another process changes the catalog file, or another server indexes the shared catalog. Recommendations are served from what is
    /// there, and it is retried.
    /// </summary>
    [JsonStringEnumMemberName("waiting")]
    Waiting,
}
