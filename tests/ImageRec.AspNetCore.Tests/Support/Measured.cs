using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace ImageRec.AspNetCore.Tests;

/// <summary>Keeps what the package measures, as lines such as "imagerec.upload.size By imagerec.catalog=default".</summary>
internal sealed class Measured : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<(object? Scope, string Line), double> _last = new();

    public Measured()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ImageRecTelemetry.Meters.Contains(instrument.Meter.Name))
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The last value of each instrument and its tags: those of one app, while others run, and those of the pipeline.</summary>
    public Dictionary<string, double> Of(IServiceProvider app)
    {
        _listener.RecordObservableInstruments();
        var scope = app.GetRequiredService<IMeterFactory>();
        return _last.Where(m => m.Key.Scope is null || m.Key.Scope == scope)
            .ToDictionary(m => m.Key.Line, m => m.Value, StringComparer.Ordinal);
    }

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var line = $"{instrument.Name} {instrument.Unit}";
        foreach (var (name, tag) in tags)
            line += $" {name}={tag}";
        _last[(instrument.Meter.Scope, line)] = value;
    }
}
