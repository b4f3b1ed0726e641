using System.Diagnostics.Metrics;
using AiObs.Operations;
using AiObs.Privacy;
using AiObs.Privacy.Redaction;
using AiObs.TestSupport;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;

namespace AiObs.Tests.Privacy;

public sealed class MediaMaskerTests : IDisposable
{
    private static readonly DataContent Image = new(new byte[] { 1, 2, 3, 4 }, "image/png");

    private readonly Meter _meter = new($"media-{Guid.NewGuid():N}");
    private readonly StepOperation _operation = new(OperationKind.Chain, "step");

    [Fact]
    public void Inline_AsLongAsAllowed_IsShown() =>
        Assert.Equal(Image.Uri, Masker(new() { Base64ImageMaxLength = Image.Uri.Length }).Inline(Image, "image", ContentSide.Input));

    [Fact]
    public void Inline_LongerThanAllowed_IsRedactedAndCountedEitherWay()
    {
        using var metrics = new MetricCollector(_meter.Name);
        var masker = Masker(new() { Base64ImageMaxLength = Image.Uri.Length - 1 });

        Assert.Equal("__REDACTED__", masker.Inline(Image, "image", ContentSide.Input));
        Assert.Equal("__REDACTED__", masker.Inline(Image, "image", ContentSide.Output));

        Assert.Equal(["image_limit", "image_limit"], metrics.Of("aiobs.drops").Select(static drop => drop.Tags["aiobs.part"]));
    }

    [Fact]
    public void Inline_AudioLongerThanAllowed_IsRedactedAndCountedApart()
    {
        using var metrics = new MetricCollector(_meter.Name);
        var audio = new DataContent(new byte[100], "audio/wav");

        var uri = Masker(new() { Base64ImageMaxLength = 100 }).Inline(audio, "audio", ContentSide.Input);

        Assert.Equal("__REDACTED__", uri);
        Assert.Equal("media_limit", metrics.Only("aiobs.drops").Tags["aiobs.part"]);
    }

    [Fact]
    public void Inline_BytesMuchLongerThanAllowed_AreNotEncoded()
    {
        var masker = Masker(new());
        var image = new DataContent(new byte[10_000_000], "image/png");

        var before = GC.GetAllocatedBytesForCurrentThread();
        var uri = masker.Inline(image, "image", ContentSide.Input);

        Assert.Equal("__REDACTED__", uri);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }

    [Fact]
    public void Inline_ImagesOfRequestsHidden_HidesThoseAlone()
    {
        var masker = Masker(new() { HideInputImages = true });

        Assert.Null(masker.Inline(Image, "image", ContentSide.Input));
        Assert.Equal(Image.Uri, masker.Inline(Image, "image", ContentSide.Output));
        Assert.Equal(Image.Uri, masker.Inline(Image, "document", ContentSide.Input));
    }

    [Fact]
    public void Address_OfImage_IsShownUnlessImagesAreHidden()
    {
        const string Address = "https://example.com/cat.png";

        Assert.Equal(Address, Masker(new() { Base64ImageMaxLength = 0 }).Address(_operation, "image", "image/png", Address, ContentSide.Input));
        Assert.Null(Masker(new() { HideInputImages = true }).Address(_operation, "image", "image/png", Address, ContentSide.Input));
    }

    [Theory]
    [InlineData(19, "data:image/png,abcd")]
    [InlineData(18, "__REDACTED__")]
    public void Address_ThatHoldsTheBytes_HasTheSameLimit(int limit, string expected) => Assert.Equal(
        expected, Masker(new() { Base64ImageMaxLength = limit }).Address(_operation, "image", "image/png", "data:image/png,abcd", ContentSide.Input));

    [Fact]
    public void Address_WithSecret_IsRedacted() => Assert.Equal(
        "https://example.com/cat.png?sig=[API_KEY]",
        Masker(new() { RedactionRules = RedactionRules.ApiKey })
            .Address(_operation, "image", "image/png", "https://example.com/cat.png?sig=Zm9vYmFy0123456789abcdef", ContentSide.Input));

    public void Dispose() => _meter.Dispose();

    private MediaMasker Masker(PrivacyOptions options)
    {
        var faults = new Faults(_meter, NullLogger.Instance);
        return new MediaMasker(options, new TextRedactor(options, TimeSpan.FromMinutes(5), faults), faults);
    }
}
