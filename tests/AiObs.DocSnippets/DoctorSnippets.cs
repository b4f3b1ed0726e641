using Microsoft.Extensions.DependencyInjection;

namespace AiObs.DocSnippets;

internal static class DoctorSnippets
{
    public static async Task Run(AgentObservability observability)
    {
        #region snippet:doctor
        foreach (DoctorFinding finding in await observability.Doctor.RunAsync())
        {
            Console.WriteLine($"{finding.Id} {finding.Severity}: {finding.Seen} {finding.Cause} {finding.Remedy}");
        }
        #endregion
    }

    public static void Verify(IServiceCollection services)
    {
        #region snippet:event-log-schedule
        services.AddAgentObservability().AddStore(s => s
            .UseSqlite("Data Source=audit.db")
            .VerifyEvery(TimeSpan.FromHours(6)));
        #endregion
    }
}
