using System.Collections.Concurrent;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Events;

public abstract partial class EventLogContract
{
    private const int WriterCount = 4;
    private const int BatchCount = 25;
    private const int BatchSize = 20;
    private const int TotalCount = WriterCount * BatchCount * BatchSize;

    [Fact]
    public async Task Concurrency_ManyWriters_LoseAndDoubleNothing()
    {
        var log = await CreateLogAsync();

        await Task.WhenAll(Enumerable.Range(0, WriterCount).Select(writer => Task.Run(() => WriteAsync(log, writer, []), Stop)));

        Assert.Equal(Enumerable.Range(0, TotalCount), (await NumbersAsync(log, new EventQuery { PageSize = 1_000 })).Order());
        await AssertIntactAsync(log);
    }

    [Fact]
    public async Task Concurrency_ManyWritersOfTheSameEvents_LeaveOneOfEach()
    {
        var log = await CreateLogAsync();
        var events = EventSamples.Events(0, 200);

        await Task.WhenAll(Enumerable.Range(0, WriterCount).Select(_ => Task.Run(async () => await log.AppendAsync(events, Stop), Stop)));

        Assert.Equal(Enumerable.Range(0, 200), await NumbersAsync(log));
        await AssertIntactAsync(log);
    }

    [Theory]
    [InlineData(PageOrder.OldestFirst)]
    [InlineData(PageOrder.NewestFirst)]
    public async Task Concurrency_PagingWhileOthersAppend_MissesNothing(PageOrder order)
    {
        var log = await CreateLogAsync();
        var acknowledged = new ConcurrentQueue<int>();
        var writing = Task.WhenAll(Enumerable.Range(0, WriterCount).Select(writer => Task.Run(() => WriteAsync(log, writer, acknowledged), Stop)));
        bool wasWriting;
        do
        {
            wasWriting = !writing.IsCompleted;
            var expected = acknowledged.ToArray();

            var read = await ReadAsync(log, new EventQuery { Order = order, PageSize = 50 });

            var positions = read.Select(static logged => logged.Position).ToArray();
            Assert.Equal((order == PageOrder.OldestFirst ? positions.Order() : positions.OrderDescending()).Distinct(), positions);
            Assert.Empty(expected.Except(Numbers(read)));
        }
        while (wasWriting);

        await writing;
        Assert.Equal(TotalCount, await log.CountAsync(EventQuery.All, Stop));
    }

    [Fact]
    public async Task Concurrency_EverythingAtOnce_StaysIntact()
    {
        var log = await CreateLogAsync();
        var writing = Task.WhenAll(Enumerable.Range(0, WriterCount).Select(writer => Task.Run(() => WriteAsync(log, writer, []), Stop)));
        bool wasWriting;
        do
        {
            wasWriting = !writing.IsCompleted;
            await log.EraseContentAsync(EventQuery.All, "round", Stop);
            await log.ApplyRetentionAsync(new EventRetention(MaxEvents: 500), Stop);
            await AssertIntactAsync(log);
        }
        while (wasWriting);

        await writing;
        await AssertIntactAsync(log);
    }

    private static async Task WriteAsync(IEventLog log, int writer, ConcurrentQueue<int> acknowledged)
    {
        for (var batch = 0; batch < BatchCount; batch++)
        {
            var numbers = Enumerable.Range(((writer * BatchCount) + batch) * BatchSize, BatchSize).ToArray();
            await log.AppendAsync([.. numbers.Select(static number => EventSamples.Said(number))], Stop);
            foreach (var number in numbers)
            {
                acknowledged.Enqueue(number);
            }
        }
    }
}
