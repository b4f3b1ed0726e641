using AiObs.Cost.Budgets.Streams;
using AiObs.Cost.Pricing;
using AiObs.Cost.Usage;
using AiObs.Operations;
using Microsoft.Extensions.AI;

namespace AiObs.Cost;

/// <summary>Measures what a stream takes as it is delivered, so that a budget can end it.</summary>
internal sealed class CallMeter(ChatOperation operation, PriceBook prices) : StreamMeter
{
    private ContentMeasure _output;
    private long _input = TokenEstimator.EstimateInput(operation.Costs!.RequestMessages!, operation.Costs.RequestOptions).Tokens;
    private StreamUse _use;

    public override StreamUse Measure(ChatResponseUpdate update)
    {
        _output.Add(update.Contents);
        NoteReportedInput(update.Contents);
        var output = _output.Estimate.Tokens;
        if (_use.Tokens != _input + output)
        {
            var request = PriceTarget.RequestOf(operation, operation.StartedAt);
            var terms = PriceTarget.TermsOf(operation);
            _use = new StreamUse(prices.Estimate(request, terms, _input, output), _input + output);
        }

        return _use;
    }

    public override void Cutting() => operation.IsEndedByBudget = true;

    /// <summary>Some providers say at the start what the request took.</summary>
    private void NoteReportedInput(IList<AIContent> contents)
    {
        for (var i = 0; i < contents.Count; i++)
        {
            if (contents[i] is UsageContent { Details.InputTokenCount: > 0 and var input })
            {
                _input = input;
            }
        }
    }
}
