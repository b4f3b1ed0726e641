using AiObs.OpenAI.Wire;
using AiObs.Operations;

namespace AiObs.OpenAI.Streams;

/// <summary>Takes the events out of a stream for its call.</summary>
internal sealed class EventObserver : ContentObserver
{
    private readonly WireCall _call;
    private readonly Faults _faults;
    private readonly EventReader _events;

    public EventObserver(WireCall call, Faults faults)
    {
        _call = call;
        _faults = faults;
        _events = new EventReader(Take, TooLong);
    }

    public override bool IsOver => _call.IsOver;

    public override void BeforeRead() => _call.BeforeRead();

    public override void Read(ReadOnlySpan<byte> bytes) => _events.Read(bytes);

    public override void End() => _call.EndStream();

    private void Take(ReadOnlyMemory<byte> data) => _faults.Run("openai", (_call, data), static state => state._call.Take(state.data));

    private void TooLong() => _faults.Drop("stream_event");
}
