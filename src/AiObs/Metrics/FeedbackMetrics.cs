using System.Diagnostics;
using System.Diagnostics.Metrics;
using AiObs.Conventions;

namespace AiObs.Metrics;

/// <summary>The metrics of feedback.</summary>
internal sealed class FeedbackMetrics
{
    private readonly Counter<long> _count;
    private readonly Histogram<double> _score;

    public FeedbackMetrics(Meter meter)
    {
        _count = meter.Counter<long>("aiobs.feedback", "{feedback}", "Judgements of answers that were told.");
        _score = meter.Histogram<double>("aiobs.feedback.score", "1", "Scores of the judgements that have one.", tags: null, Buckets.Scores);
    }

    public void Record(string name, double? score, string? label)
    {
        var tags = new TagList { { GenAiAttributes.EvaluationName, name } };
        if (label is not null)
        {
            tags.Add(GenAiAttributes.EvaluationScoreLabel, label);
        }

        _count.Add(1, tags);
        if (score is { } number)
        {
            _score.Record(number, tags);
        }
    }
}
