using System.Text;
using AiObs.Events;
using AiObs.Events.Sinks;
using AiObs.TestSupport;
using AiObs.TestSupport.Contracts;
using Microsoft.Extensions.Options;

namespace AiObs.Tests.Events.Sinks;

public sealed class JsonLinesFileSinkTests : EventSinkContract, IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TestClock _clock = new();
    private readonly List<JsonLinesFileSink> _sinks = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string LogPath => _directory.PathOf("events.jsonl");

    public async ValueTask DisposeAsync()
    {
        foreach (var sink in _sinks)
        {
            await sink.DisposeAsync();
        }

        _directory.Dispose();
    }

    [Fact]
    public async Task WriteAsync_Event_IsOneLineOfJson()
    {
        var item = new AgentEvent
        {
            Id = Guid.Empty,
            Time = DateTimeOffset.UnixEpoch,
            Type = "a",
            UserId = "u",
            Data = new Dictionary<string, object?> { ["n"] = 1 },
            Content = "{\n\"b\": \"\u001b\"}".Replace("\u001b", "\\u001b", StringComparison.Ordinal),
        };

        await Sink().WriteAsync([item], Token);

        Assert.Equal(
            """{"id":"00000000-0000-0000-0000-000000000000","time":"1970-01-01T00:00:00.0000000+00:00","type":"a","user_id":"u","data":{"n":1},"content":{"b":"\u001B"}}""" + "\n",
            await ReadTextAsync("events-2026-01-01.0001.jsonl"));
    }

    [Fact]
    public async Task Constructor_TouchesNoFile()
    {
        _ = Sink();
        await Sink().FlushAsync(Token);

        Assert.Empty(_directory.Files);
    }

    [Fact]
    public async Task Path_OfADirectoryThatIsNot_IsMade()
    {
        var path = Path.Combine(_directory.PathOf("deep"), "er", "log.txt");

        await Sink(o => o.Path = path).WriteAsync([Of("a")], Token);

        Assert.True(File.Exists(Path.Combine(_directory.PathOf("deep"), "er", "log-2026-01-01.0001.txt")));
    }

    [Fact]
    public async Task MaxFileSize_Reached_BeginsTheNextFile()
    {
        var sink = Sink(o => o.MaxFileSize = 1024);

        for (var i = 0; i < 12; i++)
        {
            await sink.WriteAsync([Of($"type_{i}")], Token);
        }

        Assert.Equal(["events-2026-01-01.0001.jsonl", "events-2026-01-01.0002.jsonl"], _directory.Files);
        Assert.All(_directory.Files, file => Assert.InRange(new FileInfo(_directory.PathOf(file)).Length, 1, 1024));
        Assert.Equal(Enumerable.Range(0, 12).Select(i => $"type_{i}"), await TypesAsync());
    }

    [Fact]
    public async Task MaxFileSize_BatchThatIsLarger_HasAFileOfItsOwn()
    {
        var sink = Sink(o => o.MaxFileSize = 1024);

        await sink.WriteAsync([Of("small")], Token);
        await sink.WriteAsync([.. Enumerable.Range(0, 50).Select(i => Of($"{i}"))], Token);

        Assert.Equal(2, _directory.Files.Count);
    }

    [Theory]
    [InlineData(true, new[] { "events-2026-01-01.0001.jsonl", "events-2026-01-02.0001.jsonl" })]
    [InlineData(false, new[] { "events-2026-01-01.0001.jsonl" })]
    public async Task RotateDaily_DecidesWhetherADayBeginsAFile(bool rotates, string[] expected)
    {
        var sink = Sink(o => o.RotateDaily = rotates);

        await sink.WriteAsync([Of("today")], Token);
        _clock.Advance(TimeSpan.FromDays(1));
        await sink.WriteAsync([Of("tomorrow")], Token);

        Assert.Equal(expected, _directory.Files);
        Assert.Equal(["today", "tomorrow"], await TypesAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(60)]
    public async Task Restart_AfterACrashInTheMiddleOfALine_CutsTheHalfLineOff(int bytes)
    {
        await WriteAndCrashAsync(bytes);
        Assert.Equal(["a"], await TypesAsync());

        await Sink().WriteAsync([Of("c")], Token);

        Assert.Equal(["a", "c"], await TypesAsync());
        Assert.Equal(2, (await ReadTextAsync(_directory.Files[0])).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task Restart_AfterACrashBeforeTheLineFeed_KeepsTheLine()
    {
        await Sink().WriteAsync([Of("a")], Token);
        await _sinks[0].DisposeAsync();
        var path = _directory.PathOf(_directory.Files[0]);
        var text = await File.ReadAllTextAsync(path, Token);
        await File.WriteAllTextAsync(path, text[..^1], Token);

        await Sink().WriteAsync([Of("b")], Token);

        Assert.Equal(["a", "b"], await TypesAsync());
    }

    [Fact]
    public async Task Restart_AfterACrashInALineLongerThanTheLookBack_CutsAllOfIt()
    {
        await Sink().WriteAsync([Of("a"), Of("b") with { Content = $"\"{new string('x', 300_000)}\"" }], Token);
        await _sinks[0].DisposeAsync();
        var path = _directory.PathOf(_directory.Files[0]);
        using (var file = File.OpenWrite(path))
        {
            file.SetLength(file.Length - 100);
        }

        await Sink().WriteAsync([Of("c")], Token);

        Assert.Equal(["a", "c"], await TypesAsync());
    }

    [Fact]
    public async Task DiskFull_Fails_AndTheNextTryNeitherDoublesNorTearsALine()
    {
        var (sink, disk, file) = OnDisk();
        await sink.WriteAsync([Of("a")], Token);
        AgentEvent[] batch = [Of("b"), Of("c"), Of("d")];
        disk.Room = file.Length + 40;

        await Assert.ThrowsAsync<IOException>(async () => await sink.WriteAsync(batch, Token));
        Assert.Equal(["a"], Types(file));
        disk.Room = long.MaxValue;
        await sink.WriteAsync(batch, Token);

        Assert.Equal(["a", "b", "c", "d"], Types(file));
    }

    [Fact]
    public async Task DiskFull_AndTheFileCannotBeCut_IsCutWhenItCan()
    {
        var (sink, disk, file) = OnDisk();
        await sink.WriteAsync([Of("a")], Token);
        AgentEvent[] batch = [Of("b"), Of("c"), Of("d")];
        disk.Room = file.Length + 40;
        disk.IsDead = true;

        await Assert.ThrowsAsync<IOException>(async () => await sink.WriteAsync(batch, Token));
        await Assert.ThrowsAsync<IOException>(async () => await sink.WriteAsync(batch, Token));
        disk.IsDead = false;
        disk.Room = long.MaxValue;
        await sink.WriteAsync(batch, Token);

        Assert.Equal(["a", "b", "c", "d"], Types(file));
    }

    [Fact]
    public async Task DiskFull_ForAWhile_LosesNothingThatWaits()
    {
        var (sink, disk, file) = OnDisk();
        await using var root = new EventRoot();
        root.Events.AddSink(sink, o => o.BatchSize = 2);
        disk.Room = 100;

        await root.TrackAsync("a", "b", "c", "d");
        await root.AdvanceUntilAsync(FailedAsync(root));
        disk.Room = long.MaxValue;
        await root.Events.FlushAsync(Token);

        Assert.Equal(["a", "b", "c", "d"], Types(file).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task SecondWriter_OfTheSamePath_Fails()
    {
        await Sink().WriteAsync([Of("a")], Token);

        await Assert.ThrowsAsync<IOException>(async () => await Sink().WriteAsync([Of("b")], Token));

        Assert.Equal(["a"], await TypesAsync());
    }

    [Fact]
    public async Task SecondWriter_AfterTheFirstHasEnded_GoesOn()
    {
        await Sink().WriteAsync([Of("a")], Token);
        await _sinks[0].DisposeAsync();

        await Sink().WriteAsync([Of("b")], Token);

        Assert.Single(_directory.Files);
        Assert.Equal(["a", "b"], await TypesAsync());
    }

    [Fact]
    public async Task ReadOnlyDirectory_IsAFailureToTryAgain()
    {
        // A file stands where the directory should be: nobody can write there, not even root.
        await File.WriteAllTextAsync(_directory.PathOf("blocked"), "", Token);
        var sink = Sink(o => o.Path = Path.Combine(_directory.PathOf("blocked"), "events.jsonl"));

        await Assert.ThrowsAnyAsync<IOException>(async () => await sink.WriteAsync([Of("a")], Token));
        File.Delete(_directory.PathOf("blocked"));
        await sink.WriteAsync([Of("a")], Token);

        Assert.True(File.Exists(Path.Combine(_directory.PathOf("blocked"), "events-2026-01-01.0001.jsonl")));
    }

    [Fact]
    public async Task Writers_ManyAtOnce_NeverMixLines()
    {
        var sink = Sink();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(writer => Task.Run(
            async () => await sink.WriteAsync([.. Enumerable.Range(0, 20).Select(i => Of($"{writer}.{i}"))], Token), Token)));

        Assert.Equal(400, (await TypesAsync()).Distinct().Count());
    }

    [Fact]
    public async Task WriteAsync_AfterDisposal_Throws()
    {
        var sink = Sink();
        await sink.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await sink.WriteAsync([Of("a")], Token));
    }

    [Fact]
    public async Task ReadAsync_LinesThatAreNoEvents_AreLeftOut()
    {
        await Sink().WriteAsync([Of("a")], Token);
        await _sinks[0].DisposeAsync();
        await File.AppendAllTextAsync(_directory.PathOf(_directory.Files[0]), "\n{\"id\":1}\nnull\n[]\n\u0000\u0000\n{\"id\":\"half", Token);

        Assert.Equal(["a"], await TypesAsync());
    }

    [Fact]
    public async Task ReadAsync_OtherFilesInTheDirectory_AreLeftAlone()
    {
        await Sink().WriteAsync([Of("a")], Token);
        await File.WriteAllTextAsync(_directory.PathOf("events-notes.jsonl"), "{", Token);
        await File.WriteAllTextAsync(_directory.PathOf("other-2026-01-01.0001.jsonl"), "{", Token);

        Assert.Equal(["a"], await TypesAsync());
    }

    [Fact]
    public async Task ReadAsync_NothingThere_IsEmpty() =>
        Assert.Empty(await JsonLinesFileSink.ReadAsync(_directory.PathOf("none/events.jsonl"), Token).ToListAsync(Token));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SyncEachBatch_EitherWay_LeavesTheEventsInTheFile(bool syncs)
    {
        var sink = Sink(o => o.SyncEachBatch = syncs);

        await sink.WriteAsync([Of("a")], Token);

        Assert.Equal(["a"], await TypesAsync());
        await sink.FlushAsync(Token);
    }

    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 1)]
    public async Task Append_Syncing_DecidesHowOftenTheDiskIsForced(bool syncs, int expected)
    {
        var forced = 0;
        await using var file = await EventFile.OpenAsync(new MemoryStream(), () => forced++, Token);

        await file.AppendAsync("{}\n"u8.ToArray(), syncs, Token);
        file.Sync();

        Assert.Equal(expected, forced);
    }

    [Fact]
    public void Options_ThatCannotBe_SayWhatIsWrong()
    {
        var thrown = Assert.Throws<OptionsValidationException>(() => new JsonLinesFileSink(Options.Create(
            new JsonLinesFileSinkOptions { Path = "logs/", MaxFileSize = 10 })));

        Assert.Equal(
            [
                "JsonLinesFileSinkOptions.Path is 'logs/'. Give the path of a file, such as logs/events.jsonl.",
                "JsonLinesFileSinkOptions.MaxFileSize is 10. Give a number of bytes from 1024 up.",
            ],
            thrown.Failures);
    }

    protected override IAgentEventSink CreateSink() => Sink();

    protected override async ValueTask<IReadOnlyList<AgentEvent>> ReadAsync() => await JsonLinesFileSink.ReadAsync(LogPath, Token).ToListAsync(Token);

    private static AgentEvent Of(string type) => new() { Id = Guid.NewGuid(), Time = DateTimeOffset.UnixEpoch, Type = type };

    private static IEnumerable<string> Types(MemoryStream file) => Encoding.UTF8.GetString(file.ToArray())
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => AgentEventJson.Read(Encoding.UTF8.GetBytes(line))!.Type);

    /// <summary>Were it deleted, somebody might hold the deleted file while another one makes and holds a new one.</summary>
    [Fact]
    public async Task DisposeAsync_FileThatClaimsThePath_Stays()
    {
        var sink = Sink();
        await sink.WriteAsync([Of("a")], Token);

        await sink.DisposeAsync();

        Assert.True(File.Exists(LogPath + ".lock"));
        await Sink().WriteAsync([Of("b")], Token);
        Assert.Equal(["a", "b"], await TypesAsync());
    }

    private static async Task FailedAsync(EventRoot root)
    {
        while (root.Events.GetSinks()[0].Failures < 2)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private JsonLinesFileSink Sink(Action<JsonLinesFileSinkOptions>? configure = null)
    {
        var options = new JsonLinesFileSinkOptions { Path = LogPath };
        configure?.Invoke(options);
        var sink = new JsonLinesFileSink(Options.Create(options), _clock);
        _sinks.Add(sink);
        return sink;
    }

    private (JsonLinesFileSink Sink, FailingStream Disk, MemoryStream File) OnDisk()
    {
        var file = new MemoryStream();
        var disk = new FailingStream(file);
        var sink = new JsonLinesFileSink(new JsonLinesFileSinkOptions { Path = LogPath }, _clock, _ => disk);
        _sinks.Add(sink);
        return (sink, disk, file);
    }

    private async Task WriteAndCrashAsync(int bytesOfTheSecondLine)
    {
        await Sink().WriteAsync([Of("a")], Token);
        await _sinks[0].DisposeAsync();
        var path = _directory.PathOf(_directory.Files[0]);
        var text = await File.ReadAllTextAsync(path, Token);
        await File.AppendAllTextAsync(path, text[..bytesOfTheSecondLine], Token);
    }

    private Task<string> ReadTextAsync(string name) => File.ReadAllTextAsync(_directory.PathOf(name), Token);

    private async Task<IReadOnlyList<string>> TypesAsync() => [.. (await ReadAsync()).Select(item => item.Type)];
}
