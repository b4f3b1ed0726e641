using AiObs.Soak.Sinks;

namespace AiObs.Soak.Faults;

/// <summary>A sink fails every write for a while.</summary>
internal sealed class SinkOutage(RecoveringSink sink) : IFault
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1.5);

    public string Name => "sink outage";

    public async Task RunAsync()
    {
        sink.IsDown = true;
        await Task.Delay(Duration);
        sink.IsDown = false;
    }
}
