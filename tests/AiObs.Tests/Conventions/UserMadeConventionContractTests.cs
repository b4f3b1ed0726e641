using System.Diagnostics;
using AiObs.Operations;

namespace AiObs.Tests.Conventions;

/// <summary>Shows that a convention made from public types alone can keep the contract.</summary>
public sealed class UserMadeConventionContractTests : SpanConventionContract
{
    protected override ISpanConvention Convention { get; } = new AcmeConvention();

    protected override bool Owns(string key) => key.StartsWith("acme.", StringComparison.Ordinal);

    private sealed class AcmeConvention : ISpanConvention
    {
        public void Start(AgentOperation operation, ref TagList tags) => tags.Add("acme.kind", operation.Kind.ToString());

        public void WriteResult(Activity activity, AgentOperation operation)
        {
            AddMissing(activity, "acme.outcome", operation.Outcome.ToString());
            AddMissing(activity, "acme.error", operation.Error?.Type);
            if (operation is ModelOperation { Usage.Total: { } total })
            {
                AddMissing(activity, "acme.tokens", total);
            }
        }

        public void WriteContent(Activity activity, AgentOperation operation)
        {
            AddMissing(activity, "acme.in", operation.Input?.Text);
            AddMissing(activity, "acme.out", operation.Output?.Text);
        }

        private static void AddMissing(Activity activity, string key, object? value)
        {
            if (value is not null && activity.GetTagItem(key) is null)
            {
                activity.SetTag(key, value);
            }
        }
    }
}
