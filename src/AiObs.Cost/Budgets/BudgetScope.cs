namespace AiObs.Cost.Budgets;

/// <summary>Whose spend a budget limits.</summary>
public enum BudgetScope
{
    /// <summary>That of everybody together. The default.</summary>
    Global,

    /// <summary>That of each user apart. Calls outside of a scope with a user do not count.</summary>
    User,

    /// <summary>That of each conversation apart. Calls without a conversation do not count.</summary>
    Conversation,

    /// <summary>That of each session apart. Calls without a session do not count.</summary>
    Session,

    /// <summary>That of the tag which <see cref="Budget.Tag"/> names or, where it names none, of each tag apart.</summary>
    Tag,
}
