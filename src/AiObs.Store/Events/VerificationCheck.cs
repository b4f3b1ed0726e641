using System.Globalization;

namespace AiObs.Store.Events;

/// <summary>Finds an event log that its last scheduled verification found changed, or could not read.</summary>
internal sealed class VerificationCheck(ScheduledVerification schedule, string name) : IDoctorCheck
{
    private const string NotIntact = "AIOBS036";
    private const string NotVerified = "AIOBS037";

    public ValueTask<IReadOnlyList<DoctorFinding>> FindAsync(CancellationToken cancellationToken = default) => new(schedule.Last switch
    {
        { Result: { IsIntact: false } result } last => [
            new(
                NotIntact,
                DoctorSeverity.Error,
                string.Create(CultureInfo.InvariantCulture, $"The event log {name} is not intact, says its verification of {last.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC: {result.Faults.Count} faults, the first a {result.Faults[0].Kind}."),
                "Events, contents or costs in the database are not as they were written.",
                "await log.VerifyAsync();  // tells each fault; compare with a backup from before"),
        ],
        { Result: null } last => [
            new(
                NotVerified,
                DoctorSeverity.Warning,
                string.Create(CultureInfo.InvariantCulture, $"The event log {name} could not be verified at {last.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC: it failed with {last.ErrorType}."),
                "The database was away or could not be read; it is tried again.",
                "Check the database; the application's log has the failure."),
        ],
        _ => [],
    });
}
