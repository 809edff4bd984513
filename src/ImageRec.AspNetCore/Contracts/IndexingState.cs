using System.Text.Json.Serialization;

namespace ImageRec.AspNetCore;

/// <summary>What the background indexer does.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<IndexingState>))]
public enum IndexingState
{
    /// <summary>It looks for products and the catalogue file.</summary>
    [JsonStringEnumMemberName("starting")]
    Starting,

    /// <summary>There is no index yet; it is being made. Recommendations come when it is done.</summary>
    [JsonStringEnumMemberName("building")]
    Building,

    /// <summary>Recommendations are answered; new and changed products are being added.</summary>
    [JsonStringEnumMemberName("updating")]
    Updating,

    /// <summary>Everything listed is indexed.</summary>
    [JsonStringEnumMemberName("ready")]
    Ready,

    /// <summary>It waits until it is resumed; what was done is kept.</summary>
    [JsonStringEnumMemberName("paused")]
    Paused,

    /// <summary>It has stopped and will go on at the next start, or when resumed; what was done is kept.</summary>
    [JsonStringEnumMemberName("stopped")]
    Stopped,

    /// <summary>It cannot go on; the message says why.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Another process changes the catalog file; recommendations are answered from what is there, and it is tried again.</summary>
    [JsonStringEnumMemberName("waiting")]
    Waiting,
}
