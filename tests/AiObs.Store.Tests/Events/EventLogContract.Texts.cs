using System.Globalization;
using AiObs.StoreContracts;

namespace AiObs.Store.Tests.Events;

public abstract partial class EventLogContract
{
    /// <summary>Gets texts that have broken stores before; every store keeps them as they are.</summary>
    public static TheoryData<string, string> HostileTexts => new()
    {
        { "quotes", "'; DROP TABLE aiobs_events; -- \" ` ] $$" },
        { "backslashes", @"\ \\ \n \u0000 %s {0} @p0 $1 ? :name" },
        { "controls", "\u0001\u0007\b\t\r\n\u001b[2J\u007f\u0085\u2028" },
        { "terminal", "\u001b]0;title\u0007\u001b[31m" },
        { "formula", "=HYPERLINK(\"http://example.com\")" },
        { "astral", "👩‍👩‍👧‍👦 𝔸 \U0010ffff" },
        { "right to left", "\u202eevil\u202c שלום" },
        { "combining", "e\u0301 é Å Å ﬁ" },
        { "byte order mark", "\ufeffx\ufffe\uffff" },
        { "white space", "  a b\u00a0 " },
        { "empty", "" },
        { "markup", "</script><!--]]>&amp;" },
    };

    [Theory]
    [MemberData(nameof(HostileTexts))]
    public async Task Texts_Hostile_ComeBackAsTheyWereAndAreFound(string name, string text)
    {
        Assert.NotEmpty(name);
        var written = EventSamples.Full(1) with
        {
            Type = text,
            ConversationId = text,
            UserId = text,
            SessionId = text,
            Content = text,
            Data = new Dictionary<string, object?> { [text] = text },
        };
        var log = await CreateLogAsync(written, EventSamples.Full(2));

        var read = Assert.Single(await ReadAsync(
            log, new EventQuery { Type = text, ConversationId = text, UserId = text, SessionId = text }));

        Assert.Equal(text, Assert.Contains(text, read.Event.Data));
        Assert.Equal(written with { Data = read.Event.Data }, read.Event);
        await AssertIntactAsync(log);
    }

    [Theory]
    [InlineData("a", 0, "b")]
    [InlineData("", 0xD800, "")]
    [InlineData("x", 0xDFFF, "y")]
    public async Task Texts_ThatNoDatabaseTakes_AreReplacedAndStillFound(string before, int character, string after)
    {
        // Attributes cannot hold half surrogate pairs either.
        var text = before + (char)character + after;
        var similar = before + (char)(character == 0 ? 0xD800 : character - 1) + after;
        var written = EventSamples.Full(1) with { UserId = text, Content = text, Data = new Dictionary<string, object?> { ["text"] = "\ud800" } };
        var log = await CreateLogAsync(written, EventSamples.Full(2) with { UserId = similar });

        var read = Assert.Single(await ReadAsync(log, new EventQuery { UserId = text }));

        Assert.StartsWith(Replaced(text) + "~", read.Event.UserId, StringComparison.Ordinal);
        Assert.Equal(Replaced(text), read.Event.Content);
        Assert.Equal("\ufffd", read.Event.Data["text"]);
        Assert.Equal([1], await NumbersAsync(log, new EventQuery { UserId = read.Event.UserId }));
        await log.AppendAsync([written], Stop);
        await AssertIntactAsync(log);
    }

    [Fact]
    public async Task Texts_LongIds_AreCutAndStayApart()
    {
        var common = new string('x', 10_000);
        var log = await CreateLogAsync(
            EventSamples.Full(1) with { UserId = common + "1" }, EventSamples.Full(2) with { UserId = common + "2" });

        var read = Assert.Single(await ReadAsync(log, new EventQuery { UserId = common + "2" }));

        Assert.Equal(EventSamples.IdOf(2), read.Event.Id);
        Assert.Equal(512, read.Event.UserId!.Length);
        Assert.Equal([2], await NumbersAsync(log, new EventQuery { UserId = read.Event.UserId }));
    }

    [Fact]
    public async Task Texts_OfAMegabyte_ComeBackAsTheyWere()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{new string('ä', 1_000_000)}end");
        var written = EventSamples.Said(1, text) with { Data = new Dictionary<string, object?> { ["text"] = text } };
        var log = await CreateLogAsync(written);

        var read = Assert.Single(await ReadAsync(log));

        Assert.Equal(text, read.Event.Data["text"]);
        Assert.Equal(text, read.Event.Content);
        await AssertIntactAsync(log);
    }

    [Fact]
    public async Task Texts_AboveTheLimit_AreReplacedByARemark()
    {
        var log = await CreateLogAsync(EventSamples.Said(1, new string('c', 16_777_217)) with
        {
            Data = new Dictionary<string, object?> { ["text"] = new string('d', 1_048_576) },
        });

        var read = Assert.Single(await ReadAsync(log));

        Assert.Equal("1048587 characters, more than the 1048576 that an event log keeps", Assert.Single(read.Event.Data).Value);
        Assert.Equal("\"16777217 characters, more than the 16777216 that an event log keeps\"", read.Event.Content);
        await AssertIntactAsync(log);
    }

    [Fact]
    public async Task Times_AtTheirExtremes_AreKeptToTheTick()
    {
        var times = new[]
        {
            DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch.AddTicks(-1),
            new DateTimeOffset(2026, 3, 29, 2, 30, 0, TimeSpan.FromHours(14)).AddTicks(1_234_567),
        };
        var log = await CreateLogAsync([.. times.Select(static (time, number) => EventSamples.Event(number) with { Time = time })]);

        var read = await ReadAsync(log);

        Assert.Equal(times.Select(static time => time.UtcTicks), read.Select(static logged => logged.Event.Time.Ticks));
        Assert.All(read, static logged => Assert.Equal(TimeSpan.Zero, logged.Event.Time.Offset));
        Assert.Equal([0, 2], await NumbersAsync(log, new EventQuery { Before = DateTimeOffset.UnixEpoch }));
        Assert.Equal([1], await NumbersAsync(log, new EventQuery { After = DateTimeOffset.MaxValue }));
        await AssertIntactAsync(log);
    }

    private static string Replaced(string text) =>
        string.Concat(text.Select(static character => character == '\0' || char.IsSurrogate(character) ? '\ufffd' : character));
}
