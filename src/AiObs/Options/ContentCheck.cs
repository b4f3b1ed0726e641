namespace AiObs;

/// <summary>Says where no content is recorded, which is meant more often than not.</summary>
internal sealed class ContentCheck(AgentObservabilityOptions options) : IDoctorCheck
{
    private const string NoContent = "AIOBS002";

    public ValueTask<IReadOnlyList<DoctorFinding>> FindAsync(CancellationToken cancellationToken = default) => new(options.CaptureContent != ContentCapture.None
        ? []
        :
        [
            new(
                NoContent,
                DoctorSeverity.Information,
                "Messages, arguments and results are not recorded.",
                "CaptureContent is None, its default: traces and events say that something was said, and not what.",
                "services.AddAgentObservability(o => o.CaptureContent = ContentCapture.Spans);"),
        ]);
}
