using AiObs.Http.Wire;

namespace AiObs.OpenAI.Tests.Wire;

public sealed class BackgroundResponsesTests
{
    private static readonly PendingResponse Pending = new("gpt-5", Ticket: null, Context: null, Creation: default, Recorder: null!);

    [Fact]
    public void Add_MoreThanThereIsRoomFor_ForgetsTheOldest()
    {
        var responses = new BackgroundResponses(capacity: 2);

        responses.Add("a", Pending);
        responses.Add("b", Pending);
        responses.Add("c", Pending);

        Assert.Equal([false, true, true], new[] { "a", "b", "c" }.Select(responses.Has));
    }

    [Fact]
    public void Take_ManyAtOnce_GivesItToOne()
    {
        var responses = new BackgroundResponses(capacity: 2);
        responses.Add("a", Pending);

        var taken = Enumerable.Range(0, 8).AsParallel().WithDegreeOfParallelism(8).Select(_ => responses.Take("a")).ToList();

        Assert.Single(taken, static pending => pending is not null);
        Assert.True(responses.IsEmpty);
    }
}
