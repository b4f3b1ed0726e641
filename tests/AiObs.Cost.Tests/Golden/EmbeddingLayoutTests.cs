using AiObs.Pictures;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Golden;

/// <summary>Everything that comes out of each layout of embedding generators, as it is approved.</summary>
public sealed class EmbeddingLayoutTests
{
    private const string Base = "observer";

    private static readonly Outcome[] Outcomes = [Outcome.Answered, Outcome.Failed, Outcome.Cancelled, Outcome.Refused];

    public static TheoryData<string, string> Cases =>
    [
        .. EmbeddingLayouts.All.SelectMany(static layout => (layout.IsCentral ? [Variant.Default, .. Variant.WithContent] : (Variant[])[Variant.Default])
            .Select(variant => (layout.Name, variant.Name))),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task GenerateAsync_Layout_LeavesTheApprovedPicture(string layoutName, string variantName)
    {
        var layout = Find(layoutName);
        var variant = Variant.WithContent.Prepend(Variant.Default).Single(variant => variant.Name == variantName);
        var picture = new Picture();
        foreach (var outcome in Outcomes.Where(outcome => !variant.HasContent || outcome is Outcome.Answered or Outcome.Failed))
        {
            var inBrief = layout.IsCentral || outcome is Outcome.Answered ? PictureParts.None : PictureParts.All;
            var body = await DrawAsync(layout, outcome, variant, inBrief);
            var isBase = layout.Name != Base && body == await DrawAsync(Find(Base), outcome, variant, inBrief);
            picture.Add(Titles.Of(outcome), isBase ? $"the same as {Base}" : body);
        }

        Approval.Beside("Embeddings").Approve(variant.Name.Length > 0 ? $"{layout.Name}.{variant.Name}" : layout.Name, picture.ToString());
    }

    private static EmbeddingLayout Find(string name) => EmbeddingLayouts.All.Single(layout => layout.Name == name);

    private static async Task<string> DrawAsync(EmbeddingLayout layout, Outcome outcome, Variant variant, PictureParts inBrief)
    {
        using var run = new LayoutRun(rounds: 1, outcome, isStreaming: false, variant);

        return await run.DrawAsync(
            async () =>
            {
                var generator = run.Keep(layout.Build(run, Model(run, outcome)));
                run.Show(generator.GetService<CostTracking>());
                await layout.Ask(run, generator);
            },
            inBrief);
    }

    private static StubEmbeddingGenerator<string, Embedding<float>> Model(LayoutRun run, Outcome outcome) => new(call =>
    {
        if (outcome is Outcome.Failed)
        {
            return Task.FromException<GeneratedEmbeddings<Embedding<float>>>(new InvalidOperationException("The model broke."));
        }

        if (outcome is Outcome.Cancelled)
        {
            run.Cancellation.Cancel();

            return Task.FromException<GeneratedEmbeddings<Embedding<float>>>(new OperationCanceledException(run.Token));
        }

        var values = call.Values.ToList();

        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(static _ => new Embedding<float>(new float[] { 1, 2, 3 }) { ModelId = "stub-embedding" }))
        {
            Usage = new() { InputTokenCount = 100 * values.Count, TotalTokenCount = 100 * values.Count },
        });
    });
}
