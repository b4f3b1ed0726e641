using AiObs.Guardrails;

namespace AiObs.Conversations.Tests.Guardrails.Policies;

/// <summary>Counts what is found of personal data, by rule and at its very place, and what is found though it is none.</summary>
public sealed class PersonalDataListTests(ITestOutputHelper output)
{
    [Fact]
    public void Check_PersonalData_FindsSoManyOfEachRule()
    {
        var guardrail = new PersonalDataGuardrail();
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in PolicyList.Read("personal-data.txt").Select(static line => line.Split('\t')).GroupBy(static parts => parts[0]))
        {
            found.Add(group.Key, $"{group.Count(parts => IsFound(guardrail, parts[0], parts[1]))} of {group.Count()}");
        }

        Assert.Equal(new SortedDictionary<string, string>(StringComparer.Ordinal), found);
    }

    [Fact]
    public void Check_OrdinaryTexts_FindsNothing()
    {
        var texts = PolicyList.Read("no-personal-data.txt");
        var guardrail = new PersonalDataGuardrail();

        Assert.Equal(218, texts.Distinct().Count());
        Assert.Empty(texts.SelectMany(text => Verdict.Hits(guardrail, text).Select(hit => $"{hit.Reason}: {text}")));
    }

    /// <summary>Tells whether all that stands in brackets is found, and no more.</summary>
    private bool IsFound(PersonalDataGuardrail guardrail, string rule, string marked)
    {
        List<(string, int, int)> expected = [];
        var parts = marked.Split('[', ']');
        var text = string.Concat(parts);
        var start = 0;
        for (var index = 0; index < parts.Length; index++)
        {
            if (index % 2 == 1)
            {
                expected.Add((rule, start, parts[index].Length));
            }

            start += parts[index].Length;
        }

        var hits = Verdict.Hits(guardrail, text).Select(static hit => (hit.Reason, hit.Start, hit.Length)).OrderBy(static hit => hit.Start).ToList();
        if (!expected.SequenceEqual(hits))
        {
            output.WriteLine($"{marked}: {string.Join(" ; ", hits)}");
            return false;
        }

        return true;
    }
}
