using System.Globalization;
using System.Text;
using AiObs.Events;
using AiObs.Events.Log;
using AiObs.Storage.Tests.Databases;
using AiObs.StoreContracts;
using Microsoft.Data.Sqlite;

namespace AiObs.Storage.Tests.Events;

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
        Assert.Equal(200, await log.EraseContentAsync(new EventQuery { ConversationId = "even" }, "asked to", Stop));
        var afterOne = Canaries();
        Assert.All(afterOne, static number => Assert.Equal(1, number % 2));

        await log.AppendAsync([.. Enumerable.Range(400, 40).Select(number => Said(number, length))], Stop);
        await log.EraseContentAsync(EventQuery.All, "asked to", Stop);

        Assert.Empty(Canaries());
        await LogReading.AssertIntactAsync(log);
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
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(_database.Path)!))
        {
            var bytes = ReadShared(file).AsSpan();
            for (var at = bytes.IndexOf(canary); at >= 0; at = bytes.IndexOf(canary))
            {
                bytes = bytes[(at + canary.Length)..];
                found.Add(int.Parse(bytes[..5], CultureInfo.InvariantCulture));
            }
        }

        return found;
    }

    private static byte[] ReadShared(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
