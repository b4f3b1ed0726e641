using AiObs.Operations;
using AiObs.Privacy.Redaction;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Tests.Bridge.Content.Reading;

/// <summary>Shows messages as our recorder writes them where nothing is hidden.</summary>
internal static class Recorded
{
    public static string? Json(IReadOnlyList<ChatMessage>? messages)
    {
        if (messages is null)
        {
            return null;
        }

        using var root = AgentObservability.Create(builder => builder.Configure(options => options.CaptureContent = ContentCapture.Spans));
        var recorder = new MessageRecorder(root.Pipeline.Masker, root.Pipeline.Faults);
        return recorder.Record(new StepOperation(OperationKind.Chain, "read"), [.. messages], ContentSide.Input).ToJson();
    }
}
