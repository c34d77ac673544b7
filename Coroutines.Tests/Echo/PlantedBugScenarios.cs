using System.Net.Sockets;

namespace Coroutines.Tests.Echo;

/// <summary>Feature: what is asked of the echo servers finds the bugs that servers of their kind are known for.</summary>
public sealed class PlantedBugScenarios
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    [Test]
    public void A_server_without_a_bug_passes()
    {
        using var server = new PlantedServer(PlantedBugs.None);
        var scripts = new EchoScripts(server.Address);
        scripts.Clients_that_come_and_go_are_all_served();
        scripts.A_megabyte_comes_back_to_a_client_that_reads_late();
        scripts.A_client_that_sends_nothing_and_closes_gets_nothing();
        scripts.Two_lines_and_a_half_in_one_piece_come_back_whole();
        scripts.A_reset_ends_nobody_else();
    }

    [Test]
    public void A_coroutine_that_reads_on_at_the_end_is_found() =>
        ThenItIsFound(PlantedBugs.ReadsOnAtTheEnd, scripts => scripts.Clients_that_come_and_go_are_all_served());

    [Test]
    public void A_send_that_begins_again_is_found() =>
        ThenItIsFound(
            PlantedBugs.SendsAgainFromTheStart,
            scripts => scripts.A_megabyte_comes_back_to_a_client_that_reads_late()
        );

    [Test]
    public void A_client_that_has_gone_and_stays_in_the_set_is_found() =>
        ThenItIsFound(
            PlantedBugs.KeepsWhoHasGone,
            scripts => scripts.A_client_that_sends_nothing_and_closes_gets_nothing()
        );

    [Test]
    public void A_rest_that_is_moved_down_short_of_a_byte_is_found() =>
        ThenItIsFound(
            PlantedBugs.MovesOneByteTooFew,
            scripts => scripts.Two_lines_and_a_half_in_one_piece_come_back_whole()
        );

    [Test]
    public void A_reset_that_ends_the_server_is_found() =>
        ThenItIsFound(PlantedBugs.EndsAtAReset, scripts => scripts.A_reset_ends_nobody_else());

    private static void ThenItIsFound(Action<Socket, Func<bool>> planted, Action<EchoScripts> script)
    {
        using var server = new PlantedServer(planted);
        Should.Throw<Exception>(() => script(new EchoScripts(server.Address, Patience)));
    }
}
