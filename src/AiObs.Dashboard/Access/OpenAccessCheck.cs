using Microsoft.Extensions.Options;

namespace AiObs.Dashboard.Access;

/// <summary>Finds a dashboard that anyone may look at.</summary>
internal sealed class OpenAccessCheck(IOptions<DashboardOptions> options) : IDoctorCheck
{
    private const string AnyoneMayLook = "AIOBS040";

    public ValueTask<IReadOnlyList<DoctorFinding>> FindAsync(CancellationToken cancellationToken = default) => new(options.Value.Access != DashboardAccess.Anyone
        ? []
        :
        [
            new(
                AnyoneMayLook,
                DoctorSeverity.Warning,
                "DashboardOptions.Access is Anyone.",
                "Whoever reaches the application may look at the dashboard, unless its endpoints carry an authorization.",
                "app.MapAgentObservability(\"/aiobs\").RequireAuthorization(\"ops\");"),
        ]);
}
