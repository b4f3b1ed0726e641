using System.Diagnostics;

namespace AiObs.TestSupport.Tests;

public sealed class SpanAssertTests
{
    [Fact]
    public void Attributes_SameKeysValuesAndTypes_Passes()
    {
        using var span = new Activity("chat");
        span.SetTag("text", "a").SetTag("whole", 1L).SetTag("real", 0.5).SetTag("list", new[] { "x", "y" }).SetTag("flag", true);

        SpanAssert.Attributes(
            new() { ["flag"] = true, ["list"] = new[] { "x", "y" }, ["real"] = 0.5, ["text"] = "a", ["whole"] = 1L },
            span);
    }

    [Theory]
    [InlineData(1L, 1)]
    [InlineData(1, 1L)]
    [InlineData(1.0, 1L)]
    [InlineData("1", 1L)]
    [InlineData("a", "b")]
    [InlineData(null, "a")]
    [InlineData(new[] { "a", "b" }, new[] { "b", "a" })]
    [InlineData(new[] { "a" }, new[] { "a", "b" })]
    [InlineData(new[] { 1L }, new[] { 1 })]
    [InlineData("[\"a\"]", new[] { "a" })]
    public void Difference_ValueOrTypeDiffers_IsReported(object? expected, object? actual)
    {
        var difference = SpanAssert.Difference(new() { ["key"] = expected }, [new("key", actual)]);

        Assert.StartsWith("different:\n  key:\n    expected ", difference, StringComparison.Ordinal);
    }

    [Fact]
    public void Difference_EveryKindAtOnce_IsOneReadableText()
    {
        var difference = SpanAssert.Difference(
            new() { ["same"] = "s", ["gone"] = 1L, ["count"] = 2L, ["names"] = new[] { "a" }, ["twice"] = true },
            [new("same", "s"), new("count", 2), new("names", new[] { "a", "b" }), new("new", 0.5), new("twice", true), new("twice", true)]);

        Assert.Equal(
            """
            missing:
              gone: long 1
            unexpected:
              new: double 0.5
            different:
              count:
                expected long 2
                actual   int 2
              names:
                expected string[] ["a"]
                actual   string[] ["a", "b"]
              twice: written 2 times

            """,
            difference);
    }

    [Fact]
    public void Difference_AnyValue_ComparesTheTypeAlone()
    {
        Dictionary<string, object?> expected = new() { ["id"] = AnyValue.Of<string>() };

        Assert.Empty(SpanAssert.Difference(expected, [new("id", "whatever")]));
        Assert.NotEmpty(SpanAssert.Difference(expected, [new("id", 1L)]));
    }

    [Fact]
    public void Status_OtherDescription_Fails()
    {
        using var span = new Activity("chat").SetStatus(ActivityStatusCode.Error, "timeout");

        SpanAssert.Status(ActivityStatusCode.Error, "timeout", span);
        Assert.ThrowsAny<Exception>(() => SpanAssert.Status(ActivityStatusCode.Error, "refused", span));
    }

    [Fact]
    public void SpanText_WholeSpan_ShowsEveryPart()
    {
        using var span = new Activity("chat model").SetStatus(ActivityStatusCode.Error, "timeout");
        span.SetTag("b", 2).SetTag("a", "say \"hi\"\n");
        span.AddEvent(new ActivityEvent("exception", tags: new() { ["exception.type"] = "E" }));

        Assert.Equal(
            """
            chat model (Internal)
            status: Error "timeout"
            attributes:
              a: string "say \"hi\"\n"
              b: int 2

            events:
              exception
                exception.type: string "E"

            """,
            SpanText.Of(span));
    }
}
