using AiObs.Conversations.Guardrails.Matching;
using AiObs.Conversations.Guardrails.Policies;
using AiObs.Privacy.Redaction;

namespace AiObs.Guardrails;

/// <summary>Finds personal data and secrets by the built-in redaction rules: mail addresses, phone numbers, card numbers, account numbers, IP addresses, tokens and keys.</summary>
/// <remarks>
/// The rules are those of <see cref="PrivacyOptions.RedactionRules"/>. They are run over the text as it stands, and where it differs, over its form without characters that nobody sees (NFKC); what is written in it in
/// base64, percent-encoded or in tags is decoded once. An argument of a tool whose name says that it is a key or token is a hit, whatever it looks like.
/// </remarks>
public sealed class PersonalDataGuardrail : IGuardrail
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(5);

    private RedactionRule[] _rules = BuiltInRules.For(RedactionRules.All);

    /// <summary>Gets the rules.</summary>
    /// <value>The default is <see cref="RedactionRules.All"/>.</value>
    /// <exception cref="ArgumentException">There is none, or one that does not exist.</exception>
    public RedactionRules Rules
    {
        get;
        init
        {
            if (value == RedactionRules.None || (value & ~RedactionRules.All) != 0)
            {
                throw new ArgumentException($"{nameof(Rules)} is {value}. It must be one or more of {RedactionRules.All}.", nameof(value));
            }

            field = value;
            _rules = BuiltInRules.For(value);
        }
    } = RedactionRules.All;

    /// <summary>Gets the name in findings, events, spans and metrics; give each guardrail of its kind one of its own to tell them apart.</summary>
    /// <value>The default is <c>personal_data</c>.</value>
    /// <exception cref="ArgumentException">The value is empty.</exception>
    public string Name
    {
        get;
        init => field = PolicyWords.CheckName(value);
    } = "personal_data";

    /// <inheritdoc/>
    public GuardrailStages Stages => GuardrailStages.All;

    /// <inheritdoc/>
    public bool CanRedact => true;

    /// <inheritdoc/>
    /// <value>512. What cannot be told within 448 characters of its beginning is no hit; keys and tokens that are told within them count whole, however long they are.</value>
    public int? LongestMatch => PersonalData.LongestMatch;

    /// <inheritdoc/>
    public ValueTask<GuardrailVerdict> CheckAsync(GuardrailRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        List<GuardrailHit>? hits = null;
        var run = new RedactionRun(TimeLimit);
        for (var index = 0; index < request.Texts.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PolicyHits.Add(ref hits, index, FindIn(request.Texts[index], run));
        }

        return new(hits is null ? GuardrailVerdict.Pass : new GuardrailVerdict(hits));
    }

    private List<TextMatch> FindIn(in GuardrailText text, RedactionRun run)
    {
        var member = text.Path?[(text.Path.LastIndexOf('/') + 1)..];
        if (text.Value.Length > 0 && member is not null && Array.Find(_rules, rule => rule.CoversMember(member)) is { } owner)
        {
            return [new(owner.Name, 0, text.Value.Length)];
        }

        List<TextMatch> matches = [];
        PersonalData.AddPlain(matches, text.Value, _rules, run);
        foreach (var view in TextView.Of(text.Value, TextForm.Clean))
        {
            if (view.IsDecoded || view.Text.Value != text.Value)
            {
                PersonalData.Add(matches, view, _rules, run);
            }
        }

        return matches;
    }
}
