using AiObs.Http.Wire;

namespace AiObs.Http.Streams;

/// <summary>Takes the events out of a stream for its call.</summary>
internal sealed class EventObserver : ContentObserver
{
    private readonly WireCall _call;
    private readonly Faults _faults;
    private readonly LineReader _events;
    private bool _isSkimming;

    public EventObserver(WireCall call, ResponseHead response, Faults faults)
    {
        _call = call;
        _faults = faults;
        _events = response.IsJsonLines ? new JsonLineReader(Take, TooLong) : new EventReader(Take, TooLong);
    }

    public override bool IsOver => _call.IsOver;

    public override void BeforeRead(bool isThere) => _call.BeforeRead(isThere);

    /// <inheritdoc/>
    /// <remarks>One event at a time: whoever reads events asks for more only to get the next one, which shows where a stream was left.</remarks>
    public override int Read(ReadOnlySpan<byte> bytes) => _events.Read(bytes);

    /// <summary>Reads a stream that the caller has got as a whole.</summary>
    public void ReadAll(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty && !IsOver)
        {
            bytes = bytes[Read(bytes)..];
        }

        End();
    }

    public override void Skim(UnreadBytes unread) =>
        _faults.Run("wire", (Observer: this, unread), static state => state.Observer.SkimCore(state.unread.All));

    public override void End()
    {
        _events.End();
        _call.EndStream();
    }

    public override void Leave() => _call.Abandon();

    private void SkimCore(ReadOnlySpan<byte> bytes)
    {
        _isSkimming = true;
        while (!bytes.IsEmpty)
        {
            bytes = bytes[_events.Read(bytes)..];
        }
    }

    private void Take(ReadOnlyMemory<byte> data) => _faults.Run("wire", (Observer: this, data), static state =>
    {
        if (state.Observer._isSkimming)
        {
            state.Observer._call.Skim(state.data);
        }
        else
        {
            state.Observer._call.Take(state.data);
        }
    });

    private void TooLong() => _faults.Drop("stream_event");
}
