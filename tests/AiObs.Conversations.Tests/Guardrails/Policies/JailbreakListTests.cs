using AiObs.Guardrails;

namespace AiObs.Conversations.Tests.Guardrails.Policies;

/// <summary>Counts what is found of attempts, and what is found though it is harmless. A change of a list shows here, and belongs on the page on guardrails.</summary>
public sealed class JailbreakListTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(0.7, 91, 1)]
    [InlineData(0.4, 97, 21)]
    [InlineData(0.3, 104, 72)]
    public void Check_Lists_FindsSoMany(double threshold, int found, int falseAlarms)
    {
        var guardrail = new JailbreakGuardrail { Threshold = threshold };

        Assert.Equal((found, falseAlarms), (Count(guardrail, "jailbreaks.txt", isMissWritten: true), Count(guardrail, "harmless.txt", isMissWritten: false)));
    }

    [Fact]
    public void Lists_HaveTheirSize() => Assert.Equal((122, 208), (PolicyList.Read("jailbreaks.txt").Distinct().Count(), PolicyList.Read("harmless.txt").Distinct().Count()));

    private int Count(JailbreakGuardrail guardrail, string list, bool isMissWritten)
    {
        var count = 0;
        foreach (var text in PolicyList.Read(list))
        {
            var hits = Verdict.Hits(guardrail, text);
            count += hits.Count > 0 ? 1 : 0;
            if (hits.Count > 0 != isMissWritten)
            {
                output.WriteLine($"{list} {guardrail.Threshold}: {text} {string.Join(", ", hits.Select(static hit => hit.Reason))}");
            }
        }

        return count;
    }
}
