using System.Diagnostics;
using AiObs.Operations;

namespace AiObs.OpenTelemetry.Bridge.Content;

/// <summary>Holds the content that other libraries put on their spans to the rules for ours.</summary>
internal sealed class ForeignContentGuard
{
    private readonly ForeignContentMode _mode;
    private readonly OperationPipeline _pipeline;

    public ForeignContentGuard(ForeignContentMode mode, OperationPipeline pipeline)
    {
        _mode = mode;
        _pipeline = pipeline;
    }

    /// <summary>Masks or removes what stands on a span. Runs after its content was read, and before anything of ours is written on it.</summary>
    /// <param name="span">The span.</param>
    /// <param name="operation">What it stands for; <see langword="null"/> when it is none of the operations that are adopted.</param>
    public void Apply(Activity span, AgentOperation? operation)
    {
    }
}
