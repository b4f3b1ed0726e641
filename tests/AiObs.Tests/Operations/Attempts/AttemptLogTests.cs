using AiObs.Operations;

namespace AiObs.Tests.Operations.Attempts;

/// <summary>Which failed requests are attempts: one that is held counts where another follows it.</summary>
public sealed class AttemptLogTests
{
    private readonly AttemptLog _log = new();

    [Fact]
    public void Hold_NothingFollows_CountsNothing()
    {
        _log.Hold(Failed(503));

        Assert.Null(_log.Read());
    }

    [Fact]
    public void Hold_AnswerFollows_CountsBoth()
    {
        _log.Hold(Failed(503));
        _log.Answer(200);

        AssertRead(2, 200, 503);
    }

    [Fact]
    public void Hold_ClientSaysThatItFailed_IsTheSameAttempt()
    {
        _log.Hold(Failed(503));
        _log.FailTry(Failed(429));
        _log.Answer(200);

        AssertRead(2, 200, 429);
    }

    [Fact]
    public void Hold_AnotherIsHeld_CountsTheFirstAlone()
    {
        _log.Hold(Failed(503));
        _log.Hold(Failed(502));
        Assert.Null(_log.Read());

        _log.Answer(200);

        AssertRead(3, 200, 503, 502);
    }

    [Fact]
    public void Answer_AfterAnAnswer_IsAFurtherRequestAndNoAttempt()
    {
        _log.Hold(Failed(503));
        _log.Answer(200);
        _log.Answer(201);

        AssertRead(2, 200, 503);
    }

    [Fact]
    public void Fail_MoreOftenThanEventsFit_IsCountedOn()
    {
        for (var i = 0; i < 40; i++)
        {
            _log.Fail(Failed(503));
        }

        var (count, status, failures) = Assert.NotNull(_log.Read());
        Assert.Equal((40, 503, 32), (count, status, failures.Length));
    }

    [Fact]
    public void Hedge_SlowRequestIsOvertaken_CountsBothWhateverBecomesOfIt()
    {
        _log.Hedge();
        _log.Answer(200);
        AssertRead(2, 200);

        _log.Fail(Cancelled);
        _log.Answer(200);

        AssertRead(2, 200);
    }

    [Fact]
    public void Hedge_OneFailsAndTheOtherIsAnswered_CountsBoth()
    {
        _log.Hedge();
        _log.Fail(Failed(503));
        _log.Answer(200);

        AssertRead(2, 200, 503);
    }

    [Fact]
    public void Hedge_AfterAFailure_IsNoFurtherAttemptOfItsOwn()
    {
        _log.Fail(Failed(500));
        _log.Hedge();
        _log.Fail(Failed(503));

        AssertRead(2, 503, 500, 503);
    }

    [Fact]
    public void Hedge_AfterAFailureAndBesideASlowRequest_CountsThree()
    {
        _log.Hold(Failed(500));
        _log.Hedge();
        _log.Hedge();
        _log.Answer(200);
        _log.Hold(Cancelled);

        AssertRead(3, 200, 500);
    }

    [Fact]
    public void Hedge_CallEndsWithAFailureWhileAnotherRuns_CountsBoth()
    {
        _log.Hedge();
        _log.Fail(Failed(400));

        AssertRead(2, 400, 400);
    }

    [Fact]
    public void Hedge_ClientIsGivenTheFirstFailure_KeepsTheLastOne()
    {
        _log.Hold(Failed(500));
        _log.Hedge();
        _log.Hold(Failed(503));
        _log.FailTry(Failed(500));

        AssertRead(2, 503, 500, 503);
    }

    [Fact]
    public void Hedge_ClientRepeatsAllOfIt_CountsEachRequest()
    {
        _log.Hold(Failed(500));
        _log.Hedge();
        _log.Hold(Failed(503));
        _log.FailTry(Failed(503));
        _log.Hedge();
        _log.Answer(200);

        AssertRead(4, 200, 500, 503);
    }

    private static FailedAttempt Cancelled => new(DateTimeOffset.UnixEpoch, null, "System.Threading.Tasks.TaskCanceledException");

    private static FailedAttempt Failed(int status) => new(DateTimeOffset.UnixEpoch, status, $"{status}");

    private void AssertRead(int count, int status, params int[] failures)
    {
        var read = Assert.NotNull(_log.Read());
        Assert.Equal((count, status), (read.Count, read.LastStatus));
        Assert.Equal(failures, read.Failures.Select(static failure => failure.Status!.Value));
    }
}
