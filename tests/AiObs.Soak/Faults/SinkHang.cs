using AiObs.Soak.Sinks;

namespace AiObs.Soak.Faults;

/// <summary>A write does not end for a while, whatever its token says.</summary>
internal sealed class SinkHang(HangingSink sink) : IFault
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1.5);

    public string Name => "sink hang";

    public async Task RunAsync()
    {
        sink.Hang();
        await Task.Delay(Duration);
        sink.LetGo();
    }
}
