using AiObs.Operations;
using AiObs.TestSupport;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Operations;

/// <summary>A sequence with several readers is read once, and who only asks what was read waits for none of them.</summary>
public sealed class MessageSequenceReadersTests
{
    [Fact]
    public async Task HandedOn_WhileAReaderHangs_TellsWhatWasReadBefore()
    {
        using var release = new ManualResetEventSlim();
        using var hangs = new ManualResetEventSlim();
        var sequence = (RequestSequence<ChatMessage>)RequestSequence<ChatMessage>.Of(Hanging(hangs, release));
        var reading = Task.Run(() => sequence.Count(), TestContext.Current.CancellationToken);
        Assert.True(hangs.Wait(HangGuard.Limit, TestContext.Current.CancellationToken));

        IList<ChatMessage> asked;
        try
        {
            asked = await Task.Run(() => sequence.HandedOn, TestContext.Current.CancellationToken).WaitAsync(HangGuard.Limit, TestContext.Current.CancellationToken);
        }
        finally
        {
            release.Set();
        }

        Assert.Equal("0", Assert.Single(asked).Text);
        Assert.Equal(1, await reading);
    }

    [Fact]
    public void Enumerators_OfWhichOneLeavesEarly_SeeTheSameMessages()
    {
        var reads = 0;
        var sequence = RequestSequence<ChatMessage>.Of(Counting());
        using var first = sequence.GetEnumerator();
        Assert.True(first.MoveNext());

        Assert.Equal(["0", "1"], sequence.Take(2).Select(static message => message.Text));
        List<string> seen = [first.Current.Text];
        while (first.MoveNext())
        {
            seen.Add(first.Current.Text);
        }

        Assert.Equal(["0", "1", "2", "3"], seen);
        Assert.Equal(4, reads);

        IEnumerable<ChatMessage> Counting()
        {
            for (var i = 0; i < 4; i++)
            {
                reads++;
                yield return new(ChatRole.User, $"{i}");
            }
        }
    }

    [Fact]
    public void ReadAhead_FromManyThreadsWhileTheModelReads_GivesAllTheSame()
    {
        var reads = 0;
        var sequence = (RequestSequence<ChatMessage>)RequestSequence<ChatMessage>.Of(Enumerable.Range(0, 500).Select(number =>
        {
            Interlocked.Increment(ref reads);
            return new ChatMessage(ChatRole.User, $"{number}");
        }));

        Parallel.For(0, 20, i => Assert.Equal(
            Enumerable.Range(0, 500).Select(static number => $"{number}"),
            (i % 2 == 0 ? (IEnumerable<ChatMessage>)sequence : sequence.ReadAhead()).Select(static message => message.Text)));

        Assert.Equal(500, reads);
        Assert.Equal(500, sequence.HandedOn.Count);
    }

    private static IEnumerable<ChatMessage> Hanging(ManualResetEventSlim hangs, ManualResetEventSlim release)
    {
        yield return new(ChatRole.User, "0");
        hangs.Set();
        release.Wait();
    }
}
