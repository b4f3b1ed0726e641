using System.Diagnostics.Metrics;
using AiObs.Conventions;

namespace AiObs.Metrics;

/// <summary>Measures the time that each update of one stream takes, without that of its consumer.</summary>
/// <param name="times">What is measured.</param>
/// <param name="tags">The tags of all measurements of the stream, as far as they are known before it.</param>
/// <param name="clock">The clock.</param>
/// <param name="faults">Counts what a clock of the application's own throws; that update is not measured.</param>
/// <remarks>
/// An update that is there already costs less than reading the clock twice, so for those the coarse ticks of the system have to do.
/// Their error is below the smallest bucket, and evens out over a stream whose model computes while it is asked.
/// </remarks>
internal sealed class ChunkTimer(Histogram<double> times, KeyValuePair<string, object?>[] tags, TimeProvider clock, Faults faults)
{
    private readonly bool _hasTicks = ReferenceEquals(clock, TimeProvider.System);
    private KeyValuePair<string, object?>[] _tags = tags;
    private bool _knowsModel;
    private bool _isExact;
    private long? _start;

    /// <summary>Called before the model is asked for an update.</summary>
    public void Start()
    {
        _isExact = !_hasTicks;
        _start = _hasTicks ? Environment.TickCount64 : null;
        if (_isExact)
        {
            faults.Run("clock", (Timer: this, clock), static state => state.Timer._start = state.clock.GetTimestamp());
        }
    }

    /// <summary>Called when the update is not there yet.</summary>
    public void Wait()
    {
        if (!_isExact)
        {
            _isExact = true;
            _start = clock.GetTimestamp();
        }
    }

    /// <summary>Called when the update is there.</summary>
    /// <param name="model">The model that answers, as soon as the stream has said it.</param>
    public void Record(string? model)
    {
        if (!_knowsModel && model is not null)
        {
            _knowsModel = true;
            _tags = [.. _tags, new(GenAiAttributes.ResponseModel, model)];
        }

        if (_start is { } start)
        {
            var seconds = _isExact ? clock.GetElapsedTime(start).TotalSeconds : (Environment.TickCount64 - start) / 1000d;
            times.Record(seconds, _tags);
        }
    }
}
