using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Sql.Events;

/// <summary>What tests ask of a log again and again.</summary>
internal static class LogReading
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Returns the numbers of all events, in the order of commits.</summary>
    public static async Task<IReadOnlyList<int>> NumbersAsync(IEventLog log, EventQuery? query = null) =>
        [.. (await log.ReadAsync(query ?? new EventQuery { PageSize = 1_000 }, Stop).ToListAsync(Stop)).Select(static logged => EventSamples.NumberOf(logged.Event.Id))];

    public static async Task<EventLogVerification> AssertIntactAsync(IEventLog log)
    {
        var verification = await log.VerifyAsync(cancellationToken: Stop);
        Assert.Empty(verification.Faults);
        return verification;
    }
}
