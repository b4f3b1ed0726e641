using AiObs.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Tests.DoctorChecks;

public sealed class DoctorTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_SeveralChecks_TellsTheWorstFirstThenByNumberThenByWhatWasSeen()
    {
        var doctor = new Doctor(
        [
            new StubCheck(Finding("T2", DoctorSeverity.Warning, "b"), Finding("T9", DoctorSeverity.Error, "x"), Finding("T1", DoctorSeverity.Information, "y")),
            new StubCheck(Finding("T2", DoctorSeverity.Warning, "a"), Finding("T1", DoctorSeverity.Warning, "z")),
        ]);

        var found = await doctor.RunAsync(Token);

        Assert.Equal(["T9 x", "T1 z", "T2 a", "T2 b", "T1 y"], found.Select(static finding => $"{finding.Id} {finding.Seen}"));
    }

    [Fact]
    public async Task Run_CheckThrows_IsAFindingWithoutItsMessageAndTheOthersAreRun()
    {
        var doctor = new Doctor([new StubCheck(static _ => throw new InvalidOperationException("secret")), new StubCheck(Finding("T1", DoctorSeverity.Error, "x"))]);

        var found = await doctor.RunAsync(Token);

        Assert.Equal(["T1", "AIOBS099"], found.Select(static finding => finding.Id));
        Assert.Equal("The check AiObs.Tests.DoctorChecks.StubCheck failed with System.InvalidOperationException.", found[1].Seen);
        Assert.Equal(DoctorSeverity.Warning, found[1].Severity);
    }

    [Fact]
    public async Task Run_CheckDoesNotEnd_IsAFindingAfterTwoSeconds()
    {
        var clock = new TestClock();
        var never = new TaskCompletionSource<IReadOnlyList<DoctorFinding>>();
        var running = new Doctor([new StubCheck(_ => new(never.Task))], clock).RunAsync(Token);

        clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(running.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(
            "The check AiObs.Tests.DoctorChecks.StubCheck failed with System.TimeoutException.", Assert.Single(await running).Seen);
    }

    [Fact]
    public async Task Run_Cancelled_Throws()
    {
        using var stop = new CancellationTokenSource();
        var doctor = new Doctor([new StubCheck(async token =>
        {
            await stop.CancelAsync();
            token.ThrowIfCancellationRequested();
            return [];
        })]);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => doctor.RunAsync(stop.Token));
    }

    [Fact]
    public void Constructor_NoChecks_Throws() => Assert.Equal("checks", Assert.Throws<ArgumentNullException>(() => new Doctor(null!)).ParamName);

    [Fact]
    public async Task Services_WithACheckOfTheApplications_RunItWithTheOthers()
    {
        await using var provider = new ServiceCollection().AddAgentObservability().Services
            .AddSingleton<IDoctorCheck>(new StubCheck(Finding("T1", DoctorSeverity.Error, "x"))).BuildServiceProvider();

        var found = await provider.GetRequiredService<Doctor>().RunAsync(Token);

        Assert.Contains(found, static finding => finding.Id == "T1");
        Assert.Same(provider.GetRequiredService<Doctor>(), provider.GetRequiredService<AgentObservability>().Doctor);
    }

    private static DoctorFinding Finding(string id, DoctorSeverity severity, string seen) => new(id, severity, seen, "cause", "remedy");
}
