using System.Globalization;
using System.Text;
using AiObs.Events;
using AiObs.Store.Tests.Databases;
using AiObs.StoreContracts;
using Microsoft.Data.Sqlite;

namespace AiObs.Store.Tests.Sql.Events;

/// <summary>Erased content is not in the tables any more, and not in the bytes of the files either.</summary>
public sealed class ErasureInFileTests : IAsyncDisposable
{
    private const string Canary = "CANARY";

    private readonly SqliteTestDatabase _database = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(30)]
    [InlineData(700)]
    [InlineData(6_000)]
    public async Task EraseContentAsync_EveryOtherConversationThenTheRest_LeavesNoByteOfIt(int length)
    {
        var log = _database.OpenLog();
        for (var batch = 0; batch < 10; batch++)
        {
            await log.AppendAsync([.. Enumerable.Range(batch * 40, 40).Select(number => Said(number, length))], Stop);
        }

        Assert.Equal(400, CountCanaries());
        Assert.Equal(200, (await log.EraseContentAsync(new EventQuery { ConversationId = "even" }, "asked to", Stop)).Count);
        var afterOne = Canaries();
        Assert.All(afterOne, static number => Assert.Equal(1, number % 2));

        await log.AppendAsync([.. Enumerable.Range(400, 40).Select(number => Said(number, length))], Stop);
        await log.EraseContentAsync(EventQuery.All, "asked to", Stop);

        Assert.Empty(Canaries());
        await LogReading.AssertIntactAsync(log);
    }

    [Theory]
    [InlineData(1, 400)]
    [InlineData(2, 400)]
    [InlineData(3, 5_000)]
    public async Task EraseContentAsync_ConversationsOfAllSizesInAnyOrder_LeavesNoByteOfThoseThatWereErased(int seed, int maxLength)
    {
        var random = new Random(seed);
        var log = _database.OpenLog();
        var conversations = Enumerable.Range(0, 1_000).Select(_ => random.Next(20)).ToArray();
        await log.AppendAsync([.. conversations.Select((conversation, number) => Said(number, random.Next(10, maxLength)) with { ConversationId = $"{conversation}" })], Stop);
        HashSet<int> erased = [];

        foreach (var conversation in Enumerable.Range(0, 20).OrderBy(_ => random.Next()))
        {
            await log.EraseContentAsync(new EventQuery { ConversationId = $"{conversation}" }, "asked to", Stop);
            erased.UnionWith(Enumerable.Range(0, 1_000).Where(number => conversations[number] == conversation));

            Assert.Empty(Canaries().Intersect(erased));
        }

        Assert.Equal(1_000, erased.Count);
    }

    [Fact]
    public async Task EraseContentAsync_WhileAReaderIsOpen_LeavesNoByteOnceItIsGone()
    {
        var log = _database.OpenLog();
        await log.AppendAsync([.. Enumerable.Range(0, 40).Select(number => Said(number, 100))], Stop);
        await using (var reader = (SqliteConnection)await _database.ConnectAsync(Stop))
        {
            await using var view = reader.BeginTransaction(deferred: true);
            await using var command = reader.CreateCommand();
            command.CommandText = "SELECT count(*) FROM aiobs_events";
            Assert.Equal(40L, await command.ExecuteScalarAsync(Stop));

            await log.EraseContentAsync(EventQuery.All, "asked to", Stop);
        }

        await log.AppendAsync([EventSamples.Event(100)], Stop);

        Assert.Empty(Canaries());
    }

    private static AgentEvent Said(int number, int length) => EventSamples.Said(
        number, string.Create(CultureInfo.InvariantCulture, $"{Canary}{number:D5}{new string('x', length)}")) with
    {
        ConversationId = number % 2 == 0 ? "even" : "odd",
    };

    private int CountCanaries() => Canaries().Distinct().Count();

    /// <summary>Returns the numbers of the events whose content is found anywhere in the files.</summary>
    private List<int> Canaries()
    {
        List<int> found = [];
        var canary = Encoding.ASCII.GetBytes(Canary);
        foreach (var file in _database.ReadFiles())
        {
            var bytes = file.AsSpan();
            for (var at = bytes.IndexOf(canary); at >= 0; at = bytes.IndexOf(canary))
            {
                bytes = bytes[(at + canary.Length)..];
                found.Add(int.Parse(bytes[..5], CultureInfo.InvariantCulture));
            }
        }

        return found;
    }
}
